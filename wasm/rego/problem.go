package main

import (
	"errors"
	"unicode/utf8"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/format"
	"github.com/open-policy-agent/opa/v1/topdown"
)

// span is a place in a module: rows and columns count from 1, columns in code points, the end is exclusive.
type span struct {
	File   string `json:"file"`
	Row    int    `json:"row"`
	Col    int    `json:"col"`
	EndRow int    `json:"endRow"`
	EndCol int    `json:"endCol"`
}

type problem struct {
	Code    string `json:"code"`
	Message string `json:"message"`
	Span    *span  `json:"span,omitempty"`
	// Conflict says which documents a problem about data is between.
	Conflict *conflict `json:"conflict,omitempty"`
}

// problemList is an error of this program's own finding.
type problemList []problem

func (l problemList) Error() string {
	return l[0].Message
}

// asErrors gives what OPA's parser and compiler found, which they tell in two types.
func asErrors(err error) (ast.Errors, bool) {
	if list, ok := errors.AsType[ast.Errors](err); ok {
		return list, true
	}
	if cause, ok := errors.AsType[*ast.Error](err); ok {
		return ast.Errors{cause}, true
	}
	return nil, false
}

// problems takes every error that OPA's packages give apart into its single causes.
func problems(err error) []problem {
	if list, ok := errors.AsType[problemList](err); ok {
		return list
	}
	if list, ok := asErrors(err); ok {
		found := make([]problem, 0, len(list))
		for _, cause := range list {
			found = append(found, problemOf(cause.Code, withDetails(cause), cause.Location))
		}
		return found
	}
	if errors.Is(err, errNoEntrypoint) {
		return []problem{problemOf("rego_no_entrypoint", err.Error(), nil)}
	}
	if cause, ok := errors.AsType[*topdown.Error](err); ok {
		return []problem{problemOf(cause.Code, cause.Message, cause.Location)}
	}
	if cause, ok := errors.AsType[format.UnformattedError](err); ok {
		return []problem{problemOf("rego_format_error", err.Error(), cause.Loc)}
	}
	return []problem{problemOf("rego_error", err.Error(), nil)}
}

func problemOf(code, message string, location *ast.Location) problem {
	return problem{Code: code, Message: message, Span: spanOf(location)}
}

// The lines that OPA's tool prints under a message: the types had and wanted, or the text pointed at. The latter
// repeats what the location says, so only type details are kept.
func withDetails(cause *ast.Error) string {
	message := cause.Message
	if _, pointer := cause.Details.(*ast.ParserErrorDetail); pointer || cause.Details == nil {
		return message
	}
	for _, line := range cause.Details.Lines() {
		message += "\n" + line
	}
	return message
}

func spanOf(location *ast.Location) *span {
	if location == nil || location.File == "" {
		return nil
	}
	// What is wrong with a whole file has no row.
	row, col := max(location.Row, 1), max(location.Col, 1)
	at := span{File: location.File, Row: row, Col: col, EndRow: row, EndCol: col}
	for text := location.Text; len(text) > 0; {
		char, width := utf8.DecodeRune(text)
		text = text[width:]
		if char == '\n' {
			at.EndRow, at.EndCol = at.EndRow+1, 1
		} else {
			at.EndCol++
		}
	}
	return &at
}
