package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// clean is the environment without what would make a build of one machine differ from that of another. The levels of
// processors are the lowest, so that a binary runs on all of them.
func clean(goos, goarch string) []string {
	env := slices.DeleteFunc(os.Environ(), func(s string) bool {
		name, _, _ := strings.Cut(s, "=")
		return slices.Contains([]string{"GOFLAGS", "GOEXPERIMENT", "GOFIPS140", "GOWORK", "GO_EXTLINK_ENABLED", "GO_GCFLAGS", "GO_LDFLAGS"}, name)
	})
	return append(env, "CGO_ENABLED=0", "GOOS="+goos, "GOARCH="+goarch, "GOAMD64=v1", "GOARM64=v8.0", "GOWORK=off", "GOFLAGS=", "GOENV=off")
}

// compile builds the program. What the linker would note of the checkout, and the id that stands for the state of the
// build cache, are left out.
func compile(ctx context.Context, goos, goarch, version, binary string) error {
	cmd := exec.CommandContext(ctx, "go", "build", "-trimpath", "-buildvcs=false",
		"-ldflags", "-s -w -buildid= -X main.stamped="+version, "-o", binary, "./cmd/xlogscan")
	cmd.Env, cmd.Stderr = clean(goos, goarch), os.Stderr
	return cmd.Run()
}

// bill is the bill of materials of a binary in the JSON of CycloneDX: the modules and the Go that are in it, with their
// hashes. The tool names itself with hashes of its own binary, which are others on each machine.
func bill(ctx context.Context, version, binary string) ([]byte, error) {
	text, err := output(ctx, "go", "tool", "-modfile=tools/sbom.mod", "cyclonedx-gomod", "bin",
		"-json", "-noserial", "-notimestamp", "-std", "-version", version, binary)
	if err != nil {
		return nil, err
	}
	var doc map[string]any
	if err := json.Unmarshal([]byte(text), &doc); err != nil {
		return nil, err
	}
	metadata, _ := doc["metadata"].(map[string]any)
	tools, ok := metadata["tools"].([]any)
	if !ok {
		return nil, fmt.Errorf("the bill of materials names no tool: %.200s", text)
	}
	for _, t := range tools {
		if tool, ok := t.(map[string]any); ok {
			delete(tool, "hashes")
		}
	}
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	err = enc.Encode(doc)
	return out.Bytes(), err
}

// output runs a program and gives what it prints, without the last newline.
func output(ctx context.Context, name string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("%s: %w", name, err)
	}
	return strings.TrimSuffix(string(out), "\n"), nil
}

// sums writes SHA256SUMS, which sha256sum -c reads.
func (r *release) sums() error {
	slices.Sort(r.made)
	var list bytes.Buffer
	for _, name := range r.made {
		data, err := os.ReadFile(filepath.Join(r.out, name))
		if err != nil {
			return err
		}
		fmt.Fprintf(&list, "%x  %s\n", sha256.Sum256(data), name)
	}
	return os.WriteFile(filepath.Join(r.out, "SHA256SUMS"), list.Bytes(), 0o666)
}
