// Package main is OPA's own compiler, checker, formatter, tester and builtins as one WASI reactor.
//
// The host writes a JSON request to the place that alloc gives, calls call with the number of an operation, and reads
// size() bytes from where call points: {"result": ...} or {"errors": [...]}. One call at a time.
package main

import (
	"encoding/json"
	"fmt"
	"unsafe"

	_ "time/tzdata" // a host has no zone files
)

type operation = func(request []byte) (any, error)

// operations by number; src/compiler/reply.ts names them in the same order.
var operations = [...]operation{
	onModules(compileModules),
	onModules(checkModules),
	onModules(inspectModules),
	formatModules,
	onModules(testModules),
	callBuiltin,
	capabilities,
	compileQuery,
	mergeData,
}

// Both buffers are kept here so that the collector leaves them alone while the host uses them.
var request, reply []byte

//go:wasmexport alloc
func alloc(size uint32) unsafe.Pointer {
	request = make([]byte, max(size, 1))
	return unsafe.Pointer(&request[0])
}

//go:wasmexport call
func call(number uint32, _ unsafe.Pointer, size uint32) unsafe.Pointer {
	reply = answer(number, request[:size])
	request = nil
	return unsafe.Pointer(&reply[0])
}

//go:wasmexport size
func size() uint32 {
	return uint32(len(reply))
}

func answer(number uint32, body []byte) []byte {
	result, err := perform(number, body)
	if err == nil {
		encoded, failure := json.Marshal(map[string]any{"result": result})
		if failure == nil {
			return encoded
		}
		err = failure
	}
	// Strings and numbers only: this cannot fail.
	encoded, _ := json.Marshal(map[string]any{"errors": problems(err)})
	return encoded
}

func perform(number uint32, body []byte) (result any, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("panic: %v", cause)
		}
	}()
	if int(number) >= len(operations) {
		return nil, fmt.Errorf("no operation %d", number)
	}
	return operations[number](body)
}

func main() {}
