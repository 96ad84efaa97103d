package main

import (
	"context"
	"errors"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"
	"github.com/open-policy-agent/opa/v1/types"
)

type queryRequest struct {
	modules
	Query                string `json:"query"`
	ExperimentalKeywords bool   `json:"experimentalKeywords"`
}

// compileQuery gives a module whose one entrypoint has the bindings of a query, which is what OPA's conformance cases ask for.
func compileQuery(body []byte) (any, error) {
	request, err := decode[queryRequest](body)
	if err != nil {
		return nil, err
	}
	version, err := versionOf(request.RegoVersion)
	if err != nil {
		return nil, err
	}
	// For any version: an older one takes the keywords of a later one where they are imported.
	allowed := ast.CapabilitiesForThisVersion(ast.CapabilitiesExperimentalKeywords(request.ExperimentalKeywords))
	options := []func(*rego.Rego){
		rego.Query(request.Query),
		rego.SetRegoVersion(version),
		rego.Capabilities(allowed),
		declareSleep,
	}
	for _, source := range request.Sources {
		options = append(options, rego.Module(source.Name, source.Text))
	}
	compiled, err := rego.New(options...).Compile(context.Background())
	if err != nil {
		return nil, err
	}
	return map[string]any{"wasm": withoutUnusedTables(compiled.Bytes)}, nil
}

// The cases assume one builtin that is not OPA's. Whoever evaluates a case that calls it supplies it.
var declareSleep = rego.Function1(
	&rego.Function{Name: "test.sleep", Decl: types.NewFunction(types.Args(types.S), types.NewNull())},
	func(rego.BuiltinContext, *ast.Term) (*ast.Term, error) { return nil, errors.New("only declared") },
)
