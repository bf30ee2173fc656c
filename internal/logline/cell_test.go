package logline

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCells(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"an object", `2024-06-01 08:01:00,info,"on {""a"":""b""}"`, `I 2024-06-01T08:01:00Z tdy "on {\"a\":\"b\"}"`},
		{"all in quotes", `"2024-06-01T08:01:00.012+08:00","warn","x, y"`, `W 2024-06-01T08:01:00.012+08:00 tdyz "x, y"`},
		{"semicolons", `1717200060012;"on {""a"":1}";"b"`, `2024-06-01T00:01:00.012Z tdyz "on {\"a\":1} b"`},
		{"tabs", "\"host\"\t2024-06-01 08:01:00\t\"x\"", `2024-06-01T08:01:00Z tdy "host x"`},
		{"the time at the end", `"x {""a"":1}","Jun 1, 2024 @ 08:01:00.012"`, `2024-06-01T08:01:00.012Z tdy "x {\"a\":1}"`},
		{"no time", `"a","on {""b"":1}"`, `"a on {\"b\":1}"`},
		{"a line in a cell", `"2024-06-01 08:01:00","06-01 08:01:00.012  1234  1250 I tag     : x {""a"":1}"`, `I 2024-06-01T08:01:00.012Z tdy 1234/1250 tag="tag" "x {\"a\":1}"`},
		{"a cell that goes on", `"2024-06-01 08:01:00","x {""a"":`, `2024-06-01T08:01:00Z tdy "x {\"a\":"`},
		{"empty texts in an object", `2024-06-01 08:01:00.012 {"a":"","b":1}`, `2024-06-01T08:01:00.012Z tdy "{\"a\":\"\",\"b\":1}"`},
		{"a quotation", `"a" and "b" at 2024-06-01 08:01:00`, `"\"a\" and \"b\" at 2024-06-01 08:01:00"`},
		{"one cell", `"2024-06-01 08:01:00"`, `"\"2024-06-01 08:01:00\""`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := describeAll(Options{}, tt.text+"\n")
			if diff := cmp.Diff(tt.want+"\n", strings.SplitN(got, " ", 3)[2]); diff != "" { // behind place and format
				t.Error(diff)
			}
		})
	}
}
