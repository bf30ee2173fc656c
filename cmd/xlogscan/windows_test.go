package main

import (
	"strings"
	"testing"
)

// What is special about Windows, as far as it is about strings.

func TestReserved(t *testing.T) {
	for name, want := range map[string]bool{
		"con": true, "CON.log": true, "nul.tar.gz": true, "aux .txt": true, "COM1": true, "lpt9.log": true, "com\u00b9": true, "conin$": true,
		"": false, "console.log": false, "com": false, "com10.log": false, "comx": false, "wmpf_20261120.xlog": false, ".con": false, "com\u20ac": false,
	} {
		if got := reserved(name); got != want {
			t.Errorf("reserved(%q) is %v", name, got)
		}
	}
}

func TestSwallowed(t *testing.T) {
	for _, tt := range []struct {
		goos string
		args []string
		want bool
	}{
		{"windows", []string{`C:\logs`, `\\server\share\a.xlog`}, false},
		{"windows", []string{`C:\my logs" -f json`}, true},
		{"linux", []string{`my "logs"`}, false},
	} {
		err := swallowed(tt.goos, tt.args)
		if (err != nil) != tt.want || tt.want && !strings.Contains(err.Error(), `C:\my logs"`) {
			t.Errorf("%s, %q: %v", tt.goos, tt.args, err)
		}
	}
}
