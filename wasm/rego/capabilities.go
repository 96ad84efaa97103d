package main

import "github.com/open-policy-agent/opa/v1/ast"

type capabilitiesRequest struct {
	RegoVersion string `json:"regoVersion"`
}

// capabilities is what this OPA allows sources of a version.
func capabilities(body []byte) (any, error) {
	request, err := decode[capabilitiesRequest](body)
	if err != nil {
		return nil, err
	}
	version, err := versionOf(request.RegoVersion)
	return ast.CapabilitiesForThisVersion(ast.CapabilitiesRegoVersion(version)), err
}
