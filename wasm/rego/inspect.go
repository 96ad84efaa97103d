package main

import (
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/util"
)

type relatedResource struct {
	Ref         string `json:"ref"`
	Description string `json:"description,omitempty"`
}

type annotation struct {
	Scope            string            `json:"scope"`
	Path             []any             `json:"path"`
	Title            string            `json:"title,omitempty"`
	Description      string            `json:"description,omitempty"`
	Entrypoint       bool              `json:"entrypoint,omitempty"`
	RelatedResources []relatedResource `json:"relatedResources,omitempty"`
	Custom           map[string]any    `json:"custom,omitempty"`
	Span             *span             `json:"span,omitempty"`
}

type inspected struct {
	Name        string       `json:"name"`
	Package     []any        `json:"package"`
	Span        *span        `json:"span,omitempty"`
	Rules       []string     `json:"rules"`
	Annotations []annotation `json:"annotations"`
}

// inspectModules tells of each source its package, the names of its rules, and its METADATA.
func inspectModules(_ modules, read parsed) (any, error) {
	found := make([]inspected, 0, len(read.modules))
	for _, name := range util.KeysSorted(read.modules) {
		found = append(found, inspect(name, read.modules[name]))
	}
	return map[string]any{"modules": found}, nil
}

func inspect(name string, module *ast.Module) inspected {
	rules := make([]string, 0, len(module.Rules))
	for _, rule := range module.Rules {
		rules = append(rules, rule.Head.Ref().GroundPrefix().String())
	}
	slices.Sort(rules)
	annotations := make([]annotation, 0, len(module.Annotations))
	for _, given := range module.Annotations {
		annotations = append(annotations, annotationOf(given))
	}
	return inspected{
		Name:        name,
		Package:     pathOf(module.Package.Path),
		Span:        spanOf(module.Package.Location),
		Rules:       slices.Compact(rules),
		Annotations: annotations,
	}
}

func annotationOf(given *ast.Annotations) annotation {
	related := make([]relatedResource, 0, len(given.RelatedResources))
	for _, resource := range given.RelatedResources {
		related = append(related, relatedResource{Ref: resource.Ref.String(), Description: resource.Description})
	}
	return annotation{
		Scope:            given.Scope,
		Path:             pathOf(given.GetTargetPath()),
		Title:            given.Title,
		Description:      given.Description,
		Entrypoint:       given.Entrypoint,
		RelatedResources: related,
		Custom:           given.Custom,
		Span:             spanOf(given.Location),
	}
}

// The segments under `data`; what is no string stands as Rego writes it.
func pathOf(ref ast.Ref) []any {
	path := make([]any, 0, len(ref))
	for i, term := range ref {
		if text, ok := term.Value.(ast.String); ok {
			path = append(path, string(text))
		} else if i > 0 {
			path = append(path, term.String())
		}
	}
	return path
}
