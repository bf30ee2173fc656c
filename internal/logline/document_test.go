package logline

import (
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestDocument(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		want       []string // the lines that the parser gets, spaces around them left out
	}{
		{"an array", `[{"a":1},{"b":[{"c":2}]}]`, []string{`{"a":1}`, `{"b":[{"c":2}]}`}},
		{"with a mark and blanks", "\xEF\xBB\xBF [ {\"a\": 1} ,\n {\"b\": 2} ]\n", []string{`{"a": 1}`, `{"b": 2}`}},
		{"indented", "[\n  {\n    \"a\": 1,\n    \"b\": \"x\"\n  },\n  {\n    \"a\": 2\n  }\n]\n", []string{`{     "a": 1,     "b": "x"   }`, `{     "a": 2   }`}},
		{"in an object", `{"total":2,"list":[{"a":1},{"a":2}],"next":"x"}`, []string{`{"total":2,"list":`, `{"a":1}`, `{"a":2}`, `,"next":"x"}`}},
		{"two arrays", `{"x":[{"a":1}],"y":["s"],"z":[{"a":2},{"a":3}]}`, []string{`{"x":`, `{"a":1}`, `,"y":["s"],"z":`, `{"a":2}`, `{"a":3}`, `}`}},
		{"marks in strings", `[{"a":"}],[{\"\\"},{"b":"]"}]`, []string{`{"a":"}],[{\"\\"}`, `{"b":"]"}`}},
		{"cut", `[{"a":1},{"a":2},{"a":`, []string{`{"a":1}`, `{"a":2}`, `{"a":`}},
		{"a string without an end", "[{\"a\":1},{\"a\":\"x\n[1,2]\n", []string{`{"a":1}`, `{"a":"x`, "[1,2]"}},
		{"lines that are objects", "{\"a\":[{\"b\":1}]}\n{\"a\":[{\"b\":1},{\"b\":2}]}\n", []string{`{"a":[{"b":1}]}`, `{"a":[{"b":1},{"b":2}]}`}},
		{"one line that is a record", `{"time":"2024-06-01T00:01:00Z","args":[{"b":1},{"b":2}]}`, []string{`{"time":"2024-06-01T00:01:00Z","args":[{"b":1},{"b":2}]}`}},
		{"an array in front of a line", "[{\"a\":1},{\"a\":2}] message\n", []string{`[{"a":1},{"a":2}] message`}},
		{"an array of others", `[1,[{"a":1}],"x"]`, []string{`[1,`, `{"a":1}`, `,"x"]`}},
		{"no array of objects", `{"a":[1,2],"b":{"c":[]}}`, []string{`{"a":[1,2],"b":{"c":[]}}`}},
		{"no JSON", "[{a: 1}, {a: 2}", []string{"[{a: 1}, {a: 2}"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			text, _, err := collect(t, iotest.OneByteReader(strings.NewReader(tt.text)), maxChunk)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for line := range strings.Lines(string(text)) {
				if line = strings.TrimSpace(line); line != "" {
					got = append(got, line)
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// A document changes nothing but what parts its records, and it does not matter in which pieces it gets the text.
func TestDocumentInPieces(t *testing.T) {
	token := rapid.SampledFrom([]string{"{", "}", "[", "]", "[{", "},{", ",", ":", `"a"`, `"\"]"`, "1", " ", "\n", `"`})
	rapid.Check(t, func(t *rapid.T) {
		text := `{"r":[{` + strings.Join(rapid.SliceOf(token).Draw(t, "tokens"), "")
		whole := []byte(text)
		(&document{}).lines(whole)
		var d document
		pieces := []byte(text)
		for rest := pieces; len(rest) > 0; {
			n := rapid.IntRange(1, len(rest)).Draw(t, "piece")
			d.lines(rest[:n])
			rest = rest[n:]
		}
		for i := range text {
			parts := strings.IndexByte("[],", text[i]) >= 0 || isBlank(text[i])
			if whole[i] != text[i] && (!parts || whole[i] != '\n' && whole[i] != ' ') {
				t.Fatalf("%q became %q", text, whole)
			}
			if pieces[i] != whole[i] && text[i] != '[' { // it was in a piece in front of what shows what it opens
				t.Fatalf("%q in pieces is %q, want %q", text, pieces, whole)
			}
		}
	})
}

// What comes behind a piece of a document depends on more than that piece.
func TestDocumentIsNotOpen(t *testing.T) {
	for c := range chunks(strings.NewReader(`[{"a":1}`+strings.Repeat(`,{"a":1}`, 50)), Pos{Line: 1}, 64) {
		if c.Open {
			t.Errorf("%q at %v is open", c.Text, c.Pos)
		}
	}
}
