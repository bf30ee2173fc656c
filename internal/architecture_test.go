// Package internal_test holds what docs/design.md says about the packages as a whole.
package internal_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/xlogscan/xlogscan/"

// mayImport is the table of docs/design.md: the packages under internal, each with those it may import.
var mayImport = map[string][]string{
	"xlog":                     {"xlog/inflate", "xlog/tea"},
	"xlog/inflate":             {},
	"xlog/tea":                 {},
	"xlog/xlogtest":            {"xlog"},
	"adb":                      {},
	"source":                   {"source/archive"},
	"source/archive":           {"source/archive/deflate64"},
	"source/archive/deflate64": {},
	"source/s3":                {"source"},
	"logline":                  {},
	"extract":                  {"logline", "redact"},
	"correlate":                {"logline", "extract"},
	"signature":                {"logline", "extract", "correlate"},
	"report":                   {"logline", "extract", "correlate", "signature", "redact", "lines", "report/cells"},
	"report/cells":             {},
	"worker":                   {"source", "scan", "report", "lines"},
	"redact":                   {},
	"fleet":                    {"correlate", "signature", "report", "report/cells"},
	"lines":                    {},
	"schematest":               {},
	"unclaimed":                {"logline"},
	"scan":                     {"xlog", "source", "logline", "extract", "correlate", "signature", "report", "redact", "unclaimed"},
}

// mayStart lists the packages that may start goroutines.
var mayStart = []string{"scan"}

func TestArchitecture(t *testing.T) {
	var seen []string
	err := filepath.WalkDir(".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && d.Name() == "testdata":
			return fs.SkipDir
		case d.IsDir() || filepath.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		pkg := path.Dir(filepath.ToSlash(name))
		seen = append(seen, pkg)
		for _, complaint := range check(t, pkg, name, nil) {
			t.Error(complaint)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for pkg := range mayImport {
		if !slices.Contains(seen, pkg) {
			t.Errorf("package %s has a row in the table and no code", pkg)
		}
	}
}

// TestCheck makes sure that each rule can fail.
func TestCheck(t *testing.T) {
	for _, tt := range []struct{ name, pkg, src, want string }{
		{"an allowed import", "extract", `import _ "github.com/xlogscan/xlogscan/internal/logline"`, ""},
		{"an import against the direction", "logline", `import _ "github.com/xlogscan/xlogscan/internal/extract"`, "logline imports extract"},
		{"an import of the command", "scan", `import _ "github.com/xlogscan/xlogscan/cmd/xlogscan"`, "scan imports github.com/xlogscan/xlogscan/cmd/xlogscan"},
		{"a package without a row", "util", ``, "util has no row"},
		{"a goroutine", "xlog", `func f() { go f() }`, "goroutine"},
		{"a goroutine where they belong", "scan", `func f() { go f() }`, ""},
		{"printing", "xlog", `import "fmt"; func f() { fmt.Println() }`, "fmt.Println"},
		{"printing under another name", "xlog", `import p "fmt"; func f() { p.Print() }`, "fmt.Print"},
		{"formatting", "xlog", `import "fmt"; var _ = fmt.Sprint()`, ""},
		{"the built-in print", "xlog", `func f() { println() }`, "println"},
		{"logging", "xlog", `import _ "log/slog"`, "log/slog"},
		{"a standard stream", "xlog", `import "os"; var _ = os.Stderr`, "os.Stderr"},
		{"the clock", "xlog", `import "time"; var _ = time.Now()`, "time.Now"},
		{"the environment", "xlog", `import "os"; var _ = os.Getenv("TZ")`, "os.Getenv"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := strings.Join(check(t, tt.pkg, "x.go", "package x;"+tt.src), "\n")
			if (got == "") != (tt.want == "") || !strings.Contains(got, tt.want) {
				t.Errorf("got %q, want %q in it", got, tt.want)
			}
		})
	}
}

// check gives what is wrong with one file of a package under internal; src is as for parser.ParseFile.
func check(t *testing.T, pkg, name string, src any) []string {
	t.Helper()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, name, src, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	var complaints []string
	complain := func(n ast.Node, format string, args ...any) {
		complaints = append(complaints, fset.Position(n.Pos()).String()+": "+fmt.Sprintf(format, args...))
	}
	allowed, known := mayImport[pkg]
	if !known {
		complain(file, "package %s has no row in the table of docs/design.md", pkg)
	}

	local := map[string]string{} // from the name of an import in this file to its path
	for _, spec := range file.Imports {
		imported, _ := strconv.Unquote(spec.Path.Value)
		if ours, ok := strings.CutPrefix(imported, module); ok {
			below, ok := strings.CutPrefix(ours, "internal/")
			if !ok {
				below = imported
			}
			if !slices.Contains(allowed, below) {
				complain(spec, "%s imports %s against the direction of docs/design.md", pkg, below)
			}
		}
		if imported == "log" || strings.HasPrefix(imported, "log/") {
			complain(spec, "%s imports %s: only cmd talks to the user", pkg, imported)
		}
		as := path.Base(imported)
		if spec.Name != nil {
			as = spec.Name.Name
		}
		local[as] = imported
	}

	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GoStmt:
			if !slices.Contains(mayStart, pkg) {
				complain(n, "%s starts a goroutine: only scan does", pkg)
			}
		case *ast.CallExpr:
			if f, ok := n.Fun.(*ast.Ident); ok && (f.Name == "print" || f.Name == "println") {
				complain(n, "%s calls %s: only cmd talks to the user", pkg, f.Name)
			}
		case *ast.SelectorExpr:
			if x, ok := n.X.(*ast.Ident); ok && forbidden[local[x.Name]+"."+n.Sel.Name] != "" {
				name := local[x.Name] + "." + n.Sel.Name
				complain(n, "%s uses %s: %s", pkg, name, forbidden[name])
			}
		}
		return true
	})
	return complaints
}

// forbidden lists what only cmd may use, with the reason.
var forbidden = map[string]string{
	"fmt.Print":    "only cmd talks to the user",
	"fmt.Printf":   "only cmd talks to the user",
	"fmt.Println":  "only cmd talks to the user",
	"os.Stdin":     "only cmd knows the standard streams",
	"os.Stdout":    "only cmd knows the standard streams",
	"os.Stderr":    "only cmd knows the standard streams",
	"os.Exit":      "only cmd ends the program",
	"os.Getenv":    "the same input gives the same bytes on every host",
	"os.LookupEnv": "the same input gives the same bytes on every host",
	"time.Now":     "the same input gives the same bytes at any time",
	"time.Local":   "the same input gives the same bytes on every host",
}
