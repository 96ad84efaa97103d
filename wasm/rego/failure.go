package main

import (
	"context"
	"encoding/json"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"
	"github.com/open-policy-agent/opa/v1/storage"
	"github.com/open-policy-agent/opa/v1/tester"
	"github.com/open-policy-agent/opa/v1/topdown"
)

// failedAt is the expression that a test ended at, and what its variables were.
type failedAt struct {
	Span   *span             `json:"span"`
	Text   string            `json:"text"`
	Values map[string]string `json:"values"`
}

// failures is a tracer that keeps the last expression that failed, for the test and for each of its cases.
type failures struct {
	last  *failedAt
	cases map[string]*failedAt
	now   string
}

// failuresOf evaluates one test again, and watches it this time: watching all tests would cost more than running them.
func failuresOf(
	ctx context.Context, compiler *ast.Compiler, store storage.Store, txn storage.Transaction, failed *tester.Result,
) *failures {
	seen := &failures{cases: map[string]*failedAt{}}
	query, err := rego.New(
		rego.Store(store), rego.Transaction(txn), rego.Compiler(compiler),
		rego.Query(refOfTest(compiler, failed.Location).String()),
	).PrepareForEval(ctx)
	if err == nil {
		// How it ends is known. The index would leave out a rule without telling which of its expressions is false.
		_, _ = query.Eval(ctx,
			rego.EvalTransaction(txn), rego.EvalQueryTracer(seen), rego.EvalRuleIndexing(false))
	}
	return seen
}

func refOfTest(compiler *ast.Compiler, at *ast.Location) ast.Ref {
	for _, module := range compiler.Modules {
		for _, rule := range module.Rules {
			if rule.Loc() == at {
				return module.Package.Path.Extend(rule.Head.Ref().GroundPrefix())
			}
		}
	}
	return nil
}

func explain(told *testResult, seen *failures) {
	told.FailedAt = seen.last
	for i, each := range told.Cases {
		if !each.Passed {
			told.Cases[i].FailedAt = seen.cases[strings.Join(each.Path, "\x00")]
		}
	}
	if len(told.Cases) > 0 {
		told.FailedAt = nil // its cases say it
	}
}

func (f *failures) Enabled() bool { return true }

func (f *failures) Config() topdown.TraceConfig { return topdown.TraceConfig{PlugLocalVars: true} }

func (f *failures) TraceEvent(event topdown.Event) {
	expr, ok := event.Node.(*ast.Expr)
	if !ok {
		return
	}
	if event.Op == topdown.TestCaseOp {
		f.now = caseOf(expr)
		return
	}
	// Query 0 is the call of the test itself. An `every` fails where one of its own expressions did.
	if event.Op != topdown.FailOp || event.QueryID == 0 || expr.IsEvery() || !event.Location.HasFile() {
		return
	}
	f.last = &failedAt{
		Span:   spanOf(event.Location),
		Text:   string(event.Location.Text),
		Values: valuesIn(expr, event),
	}
	f.cases[f.now] = f.last
}

// caseOf is the path of the case as its result has it: strings as they are, all else as JSON.
func caseOf(expr *ast.Expr) string {
	keys, ok := expr.Operand(0).Value.(*ast.Array)
	if !ok {
		return ""
	}
	path := make([]string, 0, keys.Len())
	keys.Foreach(func(key *ast.Term) {
		value, _ := ast.JSON(key.Value) // a key of an object is a value
		text, ok := value.(string)
		if !ok {
			encoded, _ := json.Marshal(value)
			text = string(encoded)
		}
		path = append(path, text)
	})
	return strings.Join(path, "\x00")
}

// valuesIn finds the values of an expression's variables, and of the references in it, which the compiler gave variables
// of its own.
func valuesIn(expr *ast.Expr, event topdown.Event) map[string]string {
	values := map[string]string{}
	ast.WalkTerms(expr, func(term *ast.Term) bool {
		name, ok := term.Value.(ast.Var)
		if !ok {
			return false
		}
		value := event.Locals.Get(name)
		if known, ok := event.LocalMetadata[name]; ok && !known.Name.IsGenerated() {
			name = known.Name
		} else if at := term.Loc(); at != nil {
			name = ast.Var(at.Text)
		}
		if value != nil && name != "" {
			values[string(name)] = value.String()
		}
		return false
	})
	return values
}
