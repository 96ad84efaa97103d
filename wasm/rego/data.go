package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/util"
)

// dataSource is a JSON or YAML text, and where under data its document stands.
type dataSource struct {
	Name string   `json:"name"`
	Text string   `json:"text"`
	Path []string `json:"path"`
}

// documents is what every request holds that knows base documents.
type documents struct {
	Data        map[string]any `json:"data"`
	DataSources []dataSource   `json:"dataSources"`
}

// conflict is a place under data that two documents define.
type conflict struct {
	Path   string `json:"path"`
	First  string `json:"first"`
	Second string `json:"second"`
}

// What the request calls `data` is no file.
const dataOption = "the option data"

type document struct {
	name string
	root map[string]any
}

func mergeData(body []byte) (any, error) {
	request, err := decode[documents](body)
	if err != nil {
		return nil, err
	}
	data, err := request.merged()
	return map[string]any{"data": data}, err
}

// merged puts every document at its place, as OPA's loader does: objects grow together, all else must not meet.
func (d documents) merged() (map[string]any, error) {
	data := map[string]any{}
	seen := []document{}
	var failures problemList
	add := func(name string, root map[string]any) {
		if at := merge(data, root, nil); at != nil {
			place := refOf(at)
			failures = append(failures, problem{
				Code:     "rego_data_conflict",
				Message:  place + " is defined twice",
				Conflict: &conflict{Path: place, First: definer(seen, at), Second: name},
			})
		}
		seen = append(seen, document{name, root})
	}
	if d.Data != nil {
		add(dataOption, d.Data)
	}
	for _, given := range d.DataSources {
		root, failure := given.read()
		if failure != nil {
			failures = append(failures, *failure)
		} else {
			add(given.Name, root)
		}
	}
	if len(failures) > 0 {
		return nil, failures
	}
	return data, nil
}

// read gives the document as seen from data itself.
func (d dataSource) read() (map[string]any, *problem) {
	if slices.Contains(d.Path, "..") {
		return nil, d.refuse(errors.New("its folder is outside of what is loaded"), 1)
	}
	var value any
	if path.Ext(d.Name) == ".json" {
		if err := util.UnmarshalJSON([]byte(d.Text), &value); err != nil {
			return nil, d.refuse(err, d.jsonRow(err))
		}
	} else if err := util.Unmarshal([]byte(d.Text), &value); err != nil {
		return nil, d.refuse(err, yamlRow(err))
	}
	for _, segment := range slices.Backward(d.Path) {
		value = map[string]any{segment: value}
	}
	root, ok := value.(map[string]any)
	if !ok {
		return nil, d.refuse(errors.New("a document that stands at data itself is an object"), 1)
	}
	return root, nil
}

func (d dataSource) refuse(cause error, row int) *problem {
	if errors.Is(cause, io.EOF) {
		cause = errors.New("there is no document")
	}
	return &problem{
		Code:    "rego_data_error",
		Message: cause.Error(),
		Span:    &span{File: d.Name, Row: row, Col: 1, EndRow: row, EndCol: 1},
	}
}

var rowInMessage = regexp.MustCompile(`line (\d+)`)

func yamlRow(err error) int {
	if found := rowInMessage.FindStringSubmatch(err.Error()); found != nil {
		if row, err := strconv.Atoi(found[1]); err == nil {
			return row
		}
	}
	return 1
}

func (d dataSource) jsonRow(err error) int {
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return 1 + strings.Count(strings.TrimRight(d.Text, "\n"), "\n")
	}
	if cause, ok := errors.AsType[*json.SyntaxError](err); ok {
		return 1 + strings.Count(d.Text[:min(int(cause.Offset), len(d.Text))], "\n")
	}
	return 1
}

// merge adds what is in from to into, and gives the first place, in order of the keys, where both have something else
// than objects.
func merge(into, from map[string]any, at []string) []string {
	for _, key := range util.KeysSorted(from) {
		had, taken := into[key]
		if !taken {
			into[key] = copied(from[key])
			continue
		}
		place := append(slices.Clone(at), key)
		inner, ok := had.(map[string]any)
		more, both := from[key].(map[string]any)
		if !ok || !both {
			return place
		}
		if clash := merge(inner, more, place); clash != nil {
			return clash
		}
	}
	return nil
}

// Objects are merged into, so each document keeps its own.
func copied(value any) any {
	object, ok := value.(map[string]any)
	if !ok {
		return value
	}
	own := make(map[string]any, len(object))
	for key, inner := range object {
		own[key] = copied(inner)
	}
	return own
}

// definer names the first document that has a value at a place, or at one above it that is no object.
func definer(seen []document, at []string) string {
	for _, each := range seen {
		var value any = each.root
		found := true
		for _, key := range at {
			object, ok := value.(map[string]any)
			if !ok {
				break
			}
			if value, found = object[key]; !found {
				break
			}
		}
		if found {
			return each.name
		}
	}
	return ""
}

func refOf(at []string) string {
	ref := ast.Ref{ast.DefaultRootDocument}
	for _, key := range at {
		ref = ref.Append(ast.StringTerm(key))
	}
	return fmt.Sprint(ref)
}
