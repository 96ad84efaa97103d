package main

import "github.com/open-policy-agent/opa/v1/ast"

// locatePrints gives every print its own place as its first operand, {"$location": [file, row, col]}: a compiled module
// calls the host's internal.print without saying where from.
func locatePrints(modules map[string]*ast.Module) {
	own := map[string]bool{}
	for _, module := range modules {
		if definesPrint(module) {
			own[module.Package.Path.String()] = true
		}
	}
	for _, module := range modules {
		if !own[module.Package.Path.String()] && !importsPrint(module) {
			ast.WalkExprs(module, func(expr *ast.Expr) bool {
				if expr.IsCall() && expr.Operator().Equal(ast.Print.Ref()) {
					expr.Terms = withPlace(expr)
				}
				return false
			})
		}
	}
}

func withPlace(expr *ast.Expr) []*ast.Term {
	at := expr.Loc()
	place := ast.ObjectTerm(ast.Item(
		ast.StringTerm("$location"),
		ast.ArrayTerm(ast.StringTerm(at.File), ast.IntNumberTerm(at.Row), ast.IntNumberTerm(at.Col)),
	))
	terms := []*ast.Term{expr.OperatorTerm(), place.SetLocation(at)}
	return append(terms, expr.Operands()...)
}

// A package may have a function of its own by this name.
func definesPrint(module *ast.Module) bool {
	for _, rule := range module.Rules {
		if rule.Head.Ref()[0].Equal(ast.VarTerm(ast.Print.Name)) {
			return true
		}
	}
	return false
}

func importsPrint(module *ast.Module) bool {
	for _, imported := range module.Imports {
		if string(imported.Name()) == ast.Print.Name {
			return true
		}
	}
	return false
}
