package main

import (
	"bytes"
	"encoding/binary"
	"strconv"
)

// regexpTables is the address from which on the first data of OPA's runtime is tables that its regular expressions alone read, 40 KB of Unicode's classes and cases.
// The build sets it for the runtime that it links; OPA's own build of a module keeps them in any case.
var regexpTables string

// The sections of a module: its header is before them, and each is a number, a length and so many bytes.
const (
	headerOfModule = 8
	customSection  = 0
	dataSection    = 11
)

// withoutUnusedTables gives a module without the tables of regular expressions where no function of it reads them: it is a fourth
// smaller then, and that much is not copied for each instance.
func withoutUnusedTables(module []byte) []byte {
	start, err := strconv.ParseUint(regexpTables, 10, 32)
	if err != nil || hasRegexp(module) {
		return module
	}
	cut := append([]byte{}, module[:headerOfModule]...)
	eachSection(module, func(id byte, body []byte) {
		if id == dataSection {
			body = withFirstDataUpTo(start, body)
		}
		cut = append(binary.AppendUvarint(append(cut, id), uint64(len(body))), body...)
	})
	return cut
}

func eachSection(module []byte, visit func(id byte, body []byte)) {
	for rest := module[headerOfModule:]; len(rest) > 0; {
		size, width := binary.Uvarint(rest[1:])
		body := rest[1+width:][:size]
		visit(rest[0], body)
		rest = rest[1+width+int(size):]
	}
}

// hasRegexp looks at the names of functions: OPA's compiler takes those away that a policy does not reach. A module without any is not looked into further.
func hasRegexp(module []byte) bool {
	var names []byte
	eachSection(module, func(id byte, body []byte) {
		if id == customSection && bytes.HasPrefix(body, []byte("\x04name")) {
			names = body
		}
	})
	return !bytes.Contains(names, []byte("opa_malloc")) || bytes.Contains(names, []byte("re2::"))
}

// withFirstDataUpTo ends the first data of a section at an address. A piece of data is a zero, `i32.const`, where it goes, `end`, its length, and so many bytes.
func withFirstDataUpTo(end uint64, section []byte) []byte {
	_, width := binary.Uvarint(section)
	address, wide := binary.Uvarint(section[width+2:])
	head := width + 2 + wide + 1
	size, long := binary.Uvarint(section[head:])
	data := section[head+long:]
	if address >= end || address+size <= end {
		return section
	}
	kept := end - address
	cut := binary.AppendUvarint(append([]byte{}, section[:head]...), kept)
	return append(append(cut, data[:kept]...), data[size:]...)
}
