package main

import (
	"context"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/storage"
	"github.com/open-policy-agent/opa/v1/storage/inmem"
)

type checkRequest struct {
	modules
	documents
	Strict bool `json:"strict"`
	// InputSchema is what input must fit, a JSON Schema.
	InputSchema any `json:"inputSchema"`
	// Schemas are those that METADATA names: `a/b` is schema.a.b.
	Schemas map[string]any `json:"schemas"`
}

func checkModules(request checkRequest, read parsed) (any, error) {
	data, err := request.merged()
	if err != nil {
		return nil, err
	}
	checks := checking{strict: request.Strict, data: data, schemas: request.schemaSet()}
	return map[string]any{"modules": len(read.modules)}, checks.run(read)
}

func (r checkRequest) schemaSet() *ast.SchemaSet {
	set := ast.NewSchemaSet()
	if r.InputSchema != nil {
		set.Put(ast.SchemaRootRef, r.InputSchema)
	}
	for name, schema := range r.Schemas {
		ref := ast.SchemaRootRef.Copy()
		for segment := range strings.SplitSeq(name, "/") {
			ref = ref.Append(ast.StringTerm(segment))
		}
		set.Put(ref, schema)
	}
	return set
}

// checking is all that OPA can find wrong without compiling to a target.
type checking struct {
	strict  bool
	data    map[string]any
	schemas *ast.SchemaSet
}

// run leaves the modules as they are.
func (c checking) run(read parsed) error {
	ctx := context.Background()
	store := inmem.NewFromObject(c.data)
	txn, err := store.NewTransaction(ctx)
	if err != nil {
		return err
	}
	defer store.Abort(ctx, txn)

	compiler := ast.NewCompiler().
		SetErrorLimit(0). // no limit: all of them
		WithCapabilities(read.options.Capabilities).
		WithEnablePrintStatements(true).
		WithStrict(c.strict).
		WithSchemas(c.schemas).
		WithPathConflictsCheck(storage.NonEmpty(ctx, store, txn)).
		WithUseTypeCheckAnnotations(true)
	if compiler.Compile(read.modules); compiler.Failed() {
		compiler.Errors.Sort()
		return compiler.Errors
	}
	return nil
}
