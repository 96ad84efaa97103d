package main

import (
	"cmp"
	"context"
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/cover"
	"github.com/open-policy-agent/opa/v1/storage"
	"github.com/open-policy-agent/opa/v1/storage/inmem"
	"github.com/open-policy-agent/opa/v1/tester"
)

type testRequest struct {
	modules
	Data     map[string]any `json:"data"`
	Run      string         `json:"run"`
	Coverage bool           `json:"coverage"`
}

type testResult struct {
	Name     string   `json:"name"`
	Outcome  string   `json:"outcome"`
	Span     *span    `json:"span,omitempty"`
	Millis   float64  `json:"milliseconds"`
	Printed  string   `json:"printed,omitempty"`
	Error    *problem `json:"error,omitempty"`
	FailedIn []string `json:"failedIn,omitempty"`
}

// testModules does what `opa test` does.
func testModules(body []byte) (any, error) {
	request, err := decode[testRequest](body)
	if err != nil {
		return nil, err
	}
	options, err := request.options(true)
	if err != nil {
		return nil, err
	}
	parsed, err := request.parse(options)
	if err != nil {
		return nil, err
	}
	coverage := cover.New()
	results, err := run(request, parsed, options.Capabilities, coverage)
	if err != nil {
		return nil, err
	}
	answer := map[string]any{"results": results}
	if request.Coverage {
		answer["coverage"] = coverageOf(coverage.Report(parsed))
	}
	return answer, nil
}

func run(
	request testRequest, parsed map[string]*ast.Module, allowed *ast.Capabilities, coverage *cover.Cover,
) ([]testResult, error) {
	ctx := context.Background()
	data := request.Data
	if data == nil {
		data = map[string]any{}
	}
	store := inmem.NewFromObject(data)
	txn, err := store.NewTransaction(ctx)
	if err != nil {
		return nil, err
	}
	defer store.Abort(ctx, txn)

	compiler := ast.NewCompiler().
		SetErrorLimit(0).
		WithCapabilities(allowed).
		WithEnablePrintStatements(true).
		WithPathConflictsCheck(storage.NonEmpty(ctx, store, txn))
	runner := tester.NewRunner().
		SetCompiler(compiler).
		SetStore(store).
		SetModules(parsed).
		Filter(request.Run).
		CapturePrintOutput(true)
	if request.Coverage {
		runner.SetCoverageQueryTracer(coverage)
	}
	finished, err := runner.RunTests(ctx, txn)
	if err != nil {
		return nil, err
	}
	results := []testResult{}
	for result := range finished {
		results = append(results, resultOf(result))
	}
	slices.SortFunc(results, inOrder)
	return results, nil
}

func resultOf(result *tester.Result) testResult {
	made := testResult{
		Name:    result.Package + "." + result.Name,
		Outcome: outcomeOf(result),
		Span:    spanOf(result.Location),
		Millis:  float64(result.Duration.Microseconds()) / 1000,
		Printed: string(result.Output),
	}
	if result.Error != nil {
		made.Error = &problems(result.Error)[0]
	}
	for path, part := range result.SubResults.Iter {
		if part.Fail && len(part.SubResults) == 0 {
			made.FailedIn = append(made.FailedIn, path[len(path)-1])
		}
	}
	return made
}

func outcomeOf(result *tester.Result) string {
	switch {
	case result.Error != nil:
		return "error"
	case result.Fail:
		return "fail"
	case result.Skip:
		return "skip"
	}
	return "pass"
}

// Tests finish in any order; they are told in the order of the texts.
func inOrder(a, b testResult) int {
	if a.Span == nil || b.Span == nil {
		return cmp.Compare(a.Name, b.Name)
	}
	return cmp.Or(
		cmp.Compare(a.Span.File, b.Span.File), cmp.Compare(a.Span.Row, b.Span.Row),
		cmp.Compare(a.Span.Col, b.Span.Col), cmp.Compare(a.Name, b.Name),
	)
}

func coverageOf(report cover.Report) map[string]any {
	files := map[string]any{}
	for name, file := range report.Files {
		files[name] = map[string]any{
			"percent": file.Coverage, "covered": linesOf(file.Covered), "notCovered": linesOf(file.NotCovered),
		}
	}
	return map[string]any{
		"percent": report.Coverage, "coveredLines": report.CoveredLines, "notCoveredLines": report.NotCoveredLines,
		"files": files,
	}
}

func linesOf(ranges []cover.Range) [][2]int {
	lines := [][2]int{}
	for _, each := range ranges {
		lines = append(lines, [2]int{each.Start.Row, each.End.Row})
	}
	return slices.Compact(lines)
}
