package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/rand"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/metrics"
	"github.com/open-policy-agent/opa/v1/topdown"
	"github.com/open-policy-agent/opa/v1/topdown/builtins"
)

type builtinRequest struct {
	Name string `json:"name"`
	// Args are Rego terms, not JSON: sets, keys that are no strings and exact numbers survive.
	Args []string `json:"args"`
	// Now is the time that time-dependent builtins see, in nanoseconds since 1970.
	Now json.Number `json:"now"`
	// Seed makes what is random a function of the request.
	Seed int64 `json:"seed"`
}

// These need a network, and an answer that is not a function of the input.
var refused = map[string]bool{"http.send": true, "net.lookup_ip_addr": true}

// callBuiltin gives one builtin's result as the text of a term, or nothing where the call is undefined.
func callBuiltin(body []byte) (any, error) {
	request, err := decode[builtinRequest](body)
	if err != nil {
		return nil, err
	}
	builtin := topdown.GetBuiltin(request.Name)
	if builtin == nil || refused[request.Name] {
		return nil, fmt.Errorf("the builtin %s is not available", request.Name)
	}
	operands := make([]*ast.Term, 0, len(request.Args))
	for _, text := range request.Args {
		operand, err := ast.ParseTerm(text)
		if err != nil {
			return nil, err
		}
		operands = append(operands, operand)
	}
	answer := map[string]any{}
	err = builtin(contextOf(request), operands, func(result *ast.Term) error {
		answer["value"] = termText(result.Value)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return answer, nil
}

func contextOf(request builtinRequest) topdown.BuiltinContext {
	random := make([]byte, 4096)
	rand.New(rand.NewSource(request.Seed)).Read(random)
	now := request.Now
	if now == "" {
		now = "0"
	}
	return topdown.BuiltinContext{
		Context:        context.Background(),
		Metrics:        metrics.New(),
		Seed:           bytes.NewReader(random),
		Time:           ast.NumberTerm(now),
		Cancel:         topdown.NewCancel(),
		Runtime:        ast.ObjectTerm(),
		Cache:          builtins.Cache{},
		NDBuiltinCache: builtins.NDBCache{},
		Location:       ast.NewLocation(nil, "", 1, 1),
		Capabilities:   ast.CapabilitiesForThisVersion(),
	}
}

// termText writes a value as a compiled module dumps it: JSON, and beside it {1, 2}, set() and keys of any kind. Sets and keys
// stand in order.
func termText(value ast.Value) string {
	var text strings.Builder
	writeTerm(&text, value)
	return text.String()
}

func writeTerm(text *strings.Builder, value ast.Value) {
	switch value := value.(type) {
	case ast.String:
		writeString(text, string(value))
	case *ast.Array:
		text.WriteByte('[')
		for i := range value.Len() {
			separate(text, i)
			writeTerm(text, value.Elem(i).Value)
		}
		text.WriteByte(']')
	case ast.Object:
		text.WriteByte('{')
		for i, key := range value.Keys() {
			separate(text, i)
			writeTerm(text, key.Value)
			text.WriteString(": ")
			writeTerm(text, value.Get(key).Value)
		}
		text.WriteByte('}')
	case ast.Set:
		if value.Len() == 0 {
			text.WriteString("set()")
			return
		}
		text.WriteByte('{')
		for i, member := range value.Slice() {
			separate(text, i)
			writeTerm(text, member.Value)
		}
		text.WriteByte('}')
	default:
		text.WriteString(value.String())
	}
}

func separate(text *strings.Builder, i int) {
	if i > 0 {
		text.WriteString(", ")
	}
}

func writeString(text *strings.Builder, value string) {
	var line bytes.Buffer
	encoder := json.NewEncoder(&line)
	encoder.SetEscapeHTML(false)
	// A string cannot fail to be written.
	_ = encoder.Encode(value)
	text.Write(bytes.TrimSuffix(line.Bytes(), []byte("\n")))
}
