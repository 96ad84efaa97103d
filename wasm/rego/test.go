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
	documents
	Run      string `json:"run"`
	Coverage bool   `json:"coverage"`
}

type testResult struct {
	Name     string     `json:"name"`
	Outcome  string     `json:"outcome"`
	Span     *span      `json:"span,omitempty"`
	Millis   float64    `json:"milliseconds"`
	Printed  string     `json:"printed,omitempty"`
	Error    *problem   `json:"error,omitempty"`
	FailedAt *failedAt  `json:"failedAt,omitempty"`
	Cases    []testCase `json:"cases,omitempty"`
}

// testCase is one of the results of a test that has several, by its keys from the outermost.
type testCase struct {
	Path     []string  `json:"path"`
	Passed   bool      `json:"passed"`
	FailedAt *failedAt `json:"failedAt,omitempty"`
}

// testModules does what `opa test` does.
func testModules(request testRequest, read parsed) (any, error) {
	data, err := request.merged()
	if err != nil {
		return nil, err
	}
	ctx := context.Background()
	store := inmem.NewFromObject(data)
	txn, err := store.NewTransaction(ctx)
	if err != nil {
		return nil, err
	}
	defer store.Abort(ctx, txn)

	compiler := ast.NewCompiler().
		SetErrorLimit(0).
		WithCapabilities(read.options.Capabilities).
		WithEnablePrintStatements(true).
		WithPathConflictsCheck(storage.NonEmpty(ctx, store, txn))
	runner := tester.NewRunner().
		SetCompiler(compiler).
		SetStore(store).
		SetModules(read.modules).
		Filter(request.Run).
		CapturePrintOutput(true)
	coverage := cover.New()
	if request.Coverage {
		runner.SetCoverageQueryTracer(coverage).SetCoverageRuns(nil)
	}
	finished, err := runner.RunTests(ctx, txn)
	if err != nil {
		return nil, err
	}
	results := []testResult{}
	for result := range finished {
		told := resultOf(result)
		if result.Fail {
			explain(&told, failuresOf(ctx, compiler, store, txn, result))
		}
		results = append(results, told)
	}
	slices.SortFunc(results, inOrder)
	answer := map[string]any{"results": results}
	if request.Coverage {
		answer["coverage"] = coverageOf(coverage.Report(read.modules))
	}
	return answer, nil
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
		if len(part.SubResults) == 0 {
			made.Cases = append(made.Cases, testCase{Path: path, Passed: !part.Fail})
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

// linesOf joins ranges, which OPA sorts by their start, to runs of lines that do not touch.
func linesOf(ranges []cover.Range) [][2]int {
	lines := [][2]int{}
	for _, each := range ranges {
		if last := len(lines) - 1; last >= 0 && each.Start.Row <= lines[last][1]+1 {
			lines[last][1] = max(lines[last][1], each.End.Row)
		} else {
			lines = append(lines, [2]int{each.Start.Row, each.End.Row})
		}
	}
	return lines
}
