package main

import (
	"context"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/bundle"
	"github.com/open-policy-agent/opa/v1/compile"
	"github.com/open-policy-agent/opa/v1/util"
)

type compileRequest struct {
	modules
	Data         map[string]any `json:"data"`
	Entrypoints  []string       `json:"entrypoints"`
	Optimization int            `json:"optimization"`
}

// compileModules gives the bytes that `opa build -t wasm` gives for the same sources.
func compileModules(body []byte) (any, error) {
	request, err := decode[compileRequest](body)
	if err != nil {
		return nil, err
	}
	options, err := request.options(false)
	if err != nil {
		return nil, err
	}
	parsed, err := request.parse(options)
	if err != nil {
		return nil, err
	}
	compiler := compile.New().
		WithTarget(compile.TargetWasm).
		WithEntrypoints(request.Entrypoints...).
		WithOptimizationLevel(request.Optimization).
		WithRegoVersion(options.RegoVersion).
		WithCapabilities(options.Capabilities).
		WithBundle(bundleOf(request, parsed, options.RegoVersion))
	if err := compiler.Build(context.Background()); err != nil {
		return nil, err
	}
	built := compiler.Bundle()
	entrypoints := make([]string, 0, len(built.Manifest.WasmResolvers))
	for _, resolver := range built.Manifest.WasmResolvers {
		entrypoints = append(entrypoints, resolver.Entrypoint)
	}
	return map[string]any{"wasm": built.WasmModules[0].Raw, "entrypoints": entrypoints}, nil
}

// Sorted by name, as OPA's loader sorts files: the order of the given sources must not reach the bytes.
func bundleOf(request compileRequest, parsed map[string]*ast.Module, version ast.RegoVersion) *bundle.Bundle {
	made := &bundle.Bundle{Data: request.Data}
	if made.Data == nil {
		made.Data = map[string]any{}
	}
	made.SetRegoVersion(version)
	made.Manifest.Init()
	texts := make(map[string]string, len(request.Sources))
	for _, source := range request.Sources {
		texts[source.Name] = source.Text
	}
	for _, name := range util.KeysSorted(parsed) {
		made.Modules = append(made.Modules, bundle.ModuleFile{
			URL: name, Path: name, Parsed: parsed[name], Raw: []byte(texts[name]),
		})
	}
	return made
}

type checkRequest struct {
	modules
	Strict bool `json:"strict"`
}

func checkModules(body []byte) (any, error) {
	request, err := decode[checkRequest](body)
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
	compiler := ast.NewCompiler().
		SetErrorLimit(0). // no limit: all of them
		WithCapabilities(options.Capabilities).
		WithEnablePrintStatements(true).
		WithStrict(request.Strict).
		WithUseTypeCheckAnnotations(true)
	if compiler.Compile(parsed); compiler.Failed() {
		compiler.Errors.Sort()
		return nil, compiler.Errors
	}
	return map[string]any{"modules": len(parsed)}, nil
}

func capabilities([]byte) (any, error) {
	return ast.CapabilitiesForThisVersion(), nil
}
