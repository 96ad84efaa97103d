package main

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/open-policy-agent/opa/v1/ast"
)

// source is a Rego text with the name that messages use for it.
type source struct {
	Name string `json:"name"`
	Text string `json:"text"`
}

// modules is what every request about Rego texts holds.
type modules struct {
	Sources      []source         `json:"sources"`
	RegoVersion  string           `json:"regoVersion"`
	Capabilities *json.RawMessage `json:"capabilities"`
}

func decode[T any](body []byte) (request T, err error) {
	return request, json.Unmarshal(body, &request)
}

func (m modules) version() (ast.RegoVersion, error) {
	switch m.RegoVersion {
	case "", "v1":
		return ast.RegoV1, nil
	case "v0":
		return ast.RegoV0, nil
	}
	return ast.RegoUndefined, fmt.Errorf("the Rego version is v0 or v1, not %q", m.RegoVersion)
}

func (m modules) allowed(version ast.RegoVersion) (*ast.Capabilities, error) {
	if m.Capabilities == nil {
		return ast.CapabilitiesForThisVersion(ast.CapabilitiesRegoVersion(version)), nil
	}
	return ast.LoadCapabilitiesJSON(bytes.NewReader(*m.Capabilities))
}

func (m modules) options(annotations bool) (ast.ParserOptions, error) {
	version, err := m.version()
	if err != nil {
		return ast.ParserOptions{}, err
	}
	allowed, err := m.allowed(version)
	return ast.ParserOptions{RegoVersion: version, Capabilities: allowed, ProcessAnnotation: annotations}, err
}

// parse reads all sources and collects the errors of all.
func (m modules) parse(options ast.ParserOptions) (map[string]*ast.Module, error) {
	parsed := make(map[string]*ast.Module, len(m.Sources))
	var failures ast.Errors
	for _, source := range m.Sources {
		if _, twice := parsed[source.Name]; twice {
			return nil, fmt.Errorf("two sources are named %s", source.Name)
		}
		module, err := ast.ParseModuleWithOpts(source.Name, source.Text, options)
		switch cause := err.(type) {
		case nil:
		case ast.Errors:
			failures = append(failures, cause...)
		case *ast.Error:
			failures = append(failures, cause)
		default:
			return nil, fmt.Errorf("%s: %w", source.Name, err)
		}
		parsed[source.Name] = module
	}
	if len(failures) > 0 {
		return nil, failures
	}
	return parsed, nil
}
