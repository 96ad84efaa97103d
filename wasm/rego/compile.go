package main

import (
	"context"
	"errors"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/bundle"
	"github.com/open-policy-agent/opa/v1/compile"
	"github.com/open-policy-agent/opa/v1/storage"
	"github.com/open-policy-agent/opa/v1/util"
)

type compileRequest struct {
	modules
	documents
	// Entrypoints are all there are; nil stands for those that METADATA declares.
	Entrypoints  []string `json:"entrypoints"`
	Optimization int      `json:"optimization"`
	Strict       bool     `json:"strict"`
	Print        bool     `json:"print"`
}

var errNoEntrypoint = errors.New("no entrypoint was given, and none is annotated")

// compileModules gives what `opa build -t wasm` gives for the same sources and entrypoints, over the runtime that this was built with.
func compileModules(request compileRequest, read parsed) (any, error) {
	data, err := request.merged()
	if err != nil {
		return nil, err
	}
	if request.Print {
		locatePrints(read.modules)
	}
	checks := checking{strict: request.Strict, data: data}
	// The build knows nothing of strictness, nor of rules and data at one place.
	if request.Strict || len(data) > 0 {
		if err := checks.run(read); err != nil {
			return nil, err
		}
	}
	declared := annotationsByPath(read.modules)
	if len(request.Entrypoints) == 0 && (request.Entrypoints != nil || !hasEntrypoint(declared)) {
		return nil, errNoEntrypoint
	}
	compiler := compile.New().
		WithTarget(compile.TargetWasm).
		WithEntrypoints(request.Entrypoints...).
		WithRegoAnnotationEntrypoints(request.Entrypoints == nil).
		WithOptimizationLevel(request.Optimization).
		WithEnablePrintStatements(request.Print).
		WithRegoVersion(read.options.RegoVersion).
		WithCapabilities(read.options.Capabilities).
		WithBundle(bundleOf(request, read, data))
	if err := compiler.Build(context.Background()); err != nil {
		return nil, allOf(err, checks, request.modules)
	}
	built := compiler.Bundle()
	entrypoints := make([]string, 0, len(built.Manifest.WasmResolvers))
	annotations := map[string][]annotation{}
	for _, resolver := range built.Manifest.WasmResolvers {
		entrypoints = append(entrypoints, resolver.Entrypoint)
		annotations[resolver.Entrypoint] = append([]annotation{}, declared[resolver.Entrypoint]...)
	}
	return map[string]any{
		"wasm":        withoutUnusedTables(built.WasmModules[0].Raw),
		"entrypoints": entrypoints,
		"annotations": annotations,
		"data":        data,
	}, nil
}

// allOf gives every error where the build stopped at the tenth.
func allOf(err error, checks checking, given modules) error {
	if _, ok := asErrors(err); !ok {
		return err
	}
	// The build may have changed the modules it was given.
	read, failure := given.parse()
	if failure == nil {
		failure = checks.run(read)
	}
	if failure == nil {
		return err
	}
	return failure
}

// Sorted by name, as OPA's loader sorts files: the order of the given sources must not reach the bytes.
func bundleOf(request compileRequest, read parsed, data map[string]any) *bundle.Bundle {
	made := &bundle.Bundle{Data: data}
	made.SetRegoVersion(read.options.RegoVersion)
	made.Manifest.Init()
	texts := make(map[string]string, len(request.Sources))
	for _, source := range request.Sources {
		texts[source.Name] = source.Text
	}
	for _, name := range util.KeysSorted(read.modules) {
		made.Modules = append(made.Modules, bundle.ModuleFile{
			URL: name, Path: name, Parsed: read.modules[name], Raw: []byte(texts[name]),
		})
	}
	return made
}

// annotationsByPath finds the METADATA of what can be an entrypoint by its path with slashes. A segment that holds a
// slash is written with %2F where OPA made the path, and as it is where a caller did.
func annotationsByPath(modules map[string]*ast.Module) map[string][]annotation {
	found := map[string][]annotation{}
	for _, name := range util.KeysSorted(modules) {
		for _, given := range modules[name].Annotations {
			path, err := storage.NewPathForRef(given.GetTargetPath().GroundPrefix())
			if err != nil {
				continue // no entrypoint can be called so
			}
			escaped, plain := path.String()[1:], plainPath(path)
			found[escaped] = append(found[escaped], annotationOf(given))
			if plain != escaped {
				found[plain] = append(found[plain], annotationOf(given))
			}
		}
	}
	return found
}

func plainPath(path storage.Path) string {
	plain := ""
	for _, segment := range path {
		plain += "/" + segment
	}
	return plain[1:]
}

func hasEntrypoint(declared map[string][]annotation) bool {
	for _, each := range declared {
		for _, given := range each {
			if given.Entrypoint {
				return true
			}
		}
	}
	return false
}
