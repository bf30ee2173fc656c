package xlog_test

import (
	"flag"
	"os"
	"testing"
)

// TestMain has the laws draw the same cases each time. Without a checksum some damage looks like text, so one of them fails
// in some ten thousand random cases, and a gate has to come out the same twice. "go test -rapid.seed N" draws others.
func TestMain(m *testing.M) {
	flag.Parse()
	if seed := flag.Lookup("rapid.seed"); seed.Value.String() == "0" {
		if err := seed.Value.Set("1"); err != nil {
			panic(err)
		}
	}
	os.Exit(m.Run())
}
