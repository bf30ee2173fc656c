package main

import "testing"

// TestFleetPage replays the sessions of docs/fleet-report.md. With -update, the page is rewritten.
func TestFleetPage(t *testing.T) {
	t.Chdir("../..")
	readme(t, "docs/fleet-report.md")
}
