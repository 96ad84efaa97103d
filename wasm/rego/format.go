package main

import (
	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/format"
)

// formatModules gives the sources as OPA's formatter writes them.
func formatModules(body []byte) (any, error) {
	request, err := decode[modules](body)
	if err != nil {
		return nil, err
	}
	formatted := make([]source, 0, len(request.Sources))
	var failures ast.Errors
	for _, given := range request.Sources {
		options, err := request.options(given.RegoVersion)
		if err != nil {
			return nil, err
		}
		// A comment that only looks like METADATA is no reason not to format.
		options.ProcessAnnotation = false
		text, err := format.SourceWithOpts(given.Name, []byte(given.Text), format.Opts{
			RegoVersion:   options.RegoVersion,
			ParserOptions: &options,
			Capabilities:  options.Capabilities,
		})
		if causes, ok := asErrors(err); ok {
			failures = append(failures, causes...)
		} else if err != nil {
			return nil, err
		}
		formatted = append(formatted, source{Name: given.Name, Text: string(text)})
	}
	if len(failures) > 0 {
		return nil, failures
	}
	return map[string]any{"sources": formatted}, nil
}
