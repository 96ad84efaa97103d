package main

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/util"
)

// source is a Rego text with the name that messages use for it.
type source struct {
	Name string `json:"name"`
	Text string `json:"text"`
	// RegoVersion is for this source alone; without it the request's holds.
	RegoVersion string `json:"regoVersion,omitempty"`
}

// modules is what every request about Rego texts holds.
type modules struct {
	Sources      []source         `json:"sources"`
	RegoVersion  string           `json:"regoVersion"`
	Capabilities *json.RawMessage `json:"capabilities"`
}

// parsed is what the sources of a request say, and how they were read.
type parsed struct {
	modules map[string]*ast.Module
	options ast.ParserOptions
}

func (m modules) given() modules { return m }

// onModules makes an operation of what is done with the parsed sources of a request.
func onModules[R interface{ given() modules }](perform func(R, parsed) (any, error)) operation {
	return func(body []byte) (any, error) {
		request, err := decode[R](body)
		if err != nil {
			return nil, err
		}
		read, err := request.given().parse()
		if err != nil {
			return nil, err
		}
		return perform(request, read)
	}
}

// decode keeps numbers as they are written.
func decode[T any](body []byte) (request T, err error) {
	return request, util.NewJSONDecoder(bytes.NewReader(body)).Decode(&request)
}

func versionOf(name string) (ast.RegoVersion, error) {
	switch name {
	case "", "v1":
		return ast.RegoV1, nil
	case "v0":
		return ast.RegoV0, nil
	}
	return ast.RegoUndefined, fmt.Errorf("the Rego version is v0 or v1, not %q", name)
}

// options says how sources of a version are read; no version is the request's own.
func (m modules) options(version string) (ast.ParserOptions, error) {
	if version == "" {
		version = m.RegoVersion
	}
	read, err := versionOf(version)
	if err != nil {
		return ast.ParserOptions{}, err
	}
	allowed := ast.CapabilitiesForThisVersion(ast.CapabilitiesRegoVersion(read))
	if m.Capabilities != nil {
		if allowed, err = ast.LoadCapabilitiesJSON(bytes.NewReader(*m.Capabilities)); err != nil {
			return ast.ParserOptions{}, err
		}
	}
	return ast.ParserOptions{RegoVersion: read, Capabilities: allowed, ProcessAnnotation: true}, nil
}

// parse reads all sources and collects the errors of all.
func (m modules) parse() (parsed, error) {
	general, err := m.options("")
	if err != nil {
		return parsed{}, err
	}
	read := make(map[string]*ast.Module, len(m.Sources))
	var failures ast.Errors
	for _, source := range m.Sources {
		if _, twice := read[source.Name]; twice {
			return parsed{}, fmt.Errorf("two sources are named %s", source.Name)
		}
		options := general
		if source.RegoVersion != "" {
			if options, err = m.options(source.RegoVersion); err != nil {
				return parsed{}, err
			}
		}
		module, err := ast.ParseModuleWithOpts(source.Name, source.Text, options)
		if causes, ok := asErrors(err); ok {
			failures = append(failures, causes...)
		} else if err != nil {
			return parsed{}, fmt.Errorf("%s: %w", source.Name, err)
		}
		read[source.Name] = module
	}
	if len(failures) > 0 {
		return parsed{}, failures
	}
	return parsed{modules: read, options: general}, nil
}
