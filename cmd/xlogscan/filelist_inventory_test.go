package main

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"
)

func TestInventoryPaths(t *testing.T) {
	const rows = "\"logs\",\"a/wmpf_20261120.xlog\",\"123\",\"2026-11-20T00:00:00.000Z\"\r\n\"logs\",\"a%2Fb+c/%E4%B8%AD,%22.xlog\",\"0\"\r\n"
	packed := packedText(rows)
	want := []string{"s3://logs/a/wmpf_20261120.xlog", `s3://logs/a/b c/中,".xlog`}
	for _, tt := range []struct {
		about, list string
		want        []string
		wrong       string
	}{
		{"rows", rows, want, ""},
		{"packed", packed, want, ""},
		{"paths", "a.xlog\ns3://logs/b.xlog\n", nil, ""},
		{"nothing", "", nil, ""},
		{"nothing, packed", packedText(""), nil, ""},
		{"paths, packed", packedText("a.xlog\n"), nil, ""},
		{"a path with quotes", "\"a\".xlog\n", nil, ""},
		{"a quoted path", "\"a.xlog\"\n", nil, ""},
		{"cut packed", packed[:30], nil, "cannot be unpacked"},
		{"a row of one", rows + "\"logs\"\n", nil, "line 3"},
		{"bad key", rows + "\"logs\",\"%zz\"\n", nil, "line 3"},
		{"no CSV further on", rows + "\"logs\n", nil, "no inventory"},
	} {
		b, err := unpackedList([]byte(tt.list))
		var got []string
		if err == nil {
			got, err = inventoryPaths(b)
		}
		if !slices.Equal(got, tt.want) || (err == nil) != (tt.wrong == "") || err != nil && !strings.Contains(err.Error(), tt.wrong) {
			t.Errorf("%s: %q, %v", tt.about, got, err)
		}
	}
}

func packedText(s string) string {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = z.Write([]byte(s))
	_ = z.Close()
	return b.String()
}
