//go:build s3

package main

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
)

// The keys of the store of the tests.
const storeAccess, storeSecret = "AKIDOFTHETESTS", "secret-of-the-tests"

// gateway is a versitygw that serves a folder; it can be killed and started again.
type gateway struct {
	t       *testing.T
	root    string
	address string
	client  *minio.Client

	mu      sync.Mutex
	process *exec.Cmd
}

// serve starts a store with an empty bucket called logs.
func serve(t *testing.T) *gateway {
	t.Helper()
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	g := &gateway{t: t, root: t.TempDir(), address: free.Addr().String()}
	_ = free.Close()
	g.client, err = minio.New(g.address, &minio.Options{Creds: credentials.NewStaticV4(storeAccess, storeSecret, ""), Region: "us-east-1"})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(g.root, "logs"), 0o755); err != nil {
		t.Fatal(err)
	}
	g.start()
	t.Cleanup(g.kill)
	return g
}

// start starts the server and waits until it listens. It is called on other goroutines too, so it fails by Error.
func (g *gateway) start() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.process = exec.Command("versitygw", "--quiet", "--port", g.address, "posix", g.root)
	g.process.Env = append(os.Environ(), "ROOT_ACCESS_KEY="+storeAccess, "ROOT_SECRET_KEY="+storeSecret)
	if err := g.process.Start(); err != nil {
		g.process = nil
		g.t.Errorf("the store of the tests: %v; go install github.com/versity/versitygw/cmd/versitygw, of the version in .ci/run", err)
		return
	}
	for range 200 {
		if c, err := net.Dial("tcp", g.address); err == nil {
			_ = c.Close()
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	g.t.Error("the store of the tests does not listen")
}

// kill ends the server as a crash does.
func (g *gateway) kill() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.process == nil {
		return
	}
	_ = g.process.Process.Kill()
	_ = g.process.Wait()
	g.process = nil
}

func (g *gateway) put(key string, data []byte) {
	_, err := g.client.PutObject(context.Background(), "logs", key, bytes.NewReader(data), int64(len(data)), minio.PutObjectOptions{})
	if err != nil {
		g.t.Errorf("put %s: %v", key, err)
	}
}

// env is the environment of the program, whose variables others change.
func (g *gateway) env(others map[string]string) func(string) string {
	vars := map[string]string{"AWS_ACCESS_KEY_ID": storeAccess, "AWS_SECRET_ACCESS_KEY": storeSecret, "AWS_ENDPOINT_URL": "http://" + g.address}
	return func(name string) string {
		if v, ok := others[name]; ok {
			return v
		}
		return vars[name]
	}
}

// run runs the program.
func (g *gateway) run(args ...string) (status int, stdout, stderr string) {
	var out, err bytes.Buffer
	status = run(g.t.Context(), args, strings.NewReader(""), &out, &err, g.env(nil))
	return status, out.String(), err.String()
}

// runUntil runs the program and does something when it begins to read an input: behind its first bytes, and in front of
// the next.
func (g *gateway) runUntil(reads string, do func(), args ...string) (status int, stdout, stderr string) {
	var out, errs bytes.Buffer
	var once sync.Once
	w := writerFunc(func(p []byte) (int, error) {
		if strings.Contains(string(p), "reading "+reads) {
			once.Do(do)
		}
		return errs.Write(p)
	})
	status = run(g.t.Context(), append([]string{"-v"}, args...), strings.NewReader(""), &out, w, g.env(nil))
	var said []string
	for line := range strings.Lines(errs.String()) {
		if !strings.HasPrefix(line, "xlogscan: reading ") {
			said = append(said, line)
		}
	}
	return status, out.String(), strings.Join(said, "")
}

// long is a log of more bytes than what a killed server leaves in buffers.
func long() []byte {
	var b bytes.Buffer
	for i := 0; b.Len() < 48<<20; i++ {
		fmt.Fprintf(&b, "2026-11-20 %02d:%02d:%02d.%03d I/AppBrandLog(4001): heartbeat %d\n", 8+i/3_600_000, i/60_000%60, i/1000%60, i%1000, i)
	}
	return b.Bytes()
}

// TestStoreIsFolder holds that a scan of a store says what the scan of a folder does.
func TestStoreIsFolder(t *testing.T) {
	g := serve(t)
	from, err := filepath.Abs("../../testdata/logs")
	if err != nil {
		t.Fatal(err)
	}
	err = filepath.WalkDir(from, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		rel, _ := filepath.Rel(from, name)
		g.put("case/"+filepath.ToSlash(rel), data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(filepath.Join(g.root, "logs"))
	for _, args := range [][]string{{"scan", "-f", "json"}, {"info", "-f", "json"}, {"calls", "-f", "ndjson"}, {"decode"}, {"scan", "-v"}} {
		wantStatus, want, wantSaid := g.run(append(args, "case")...)
		status, out, said := g.run(append(args, "s3://logs/case")...)
		if status != wantStatus {
			t.Errorf("%q: status %d, want %d", args, status, wantStatus)
		}
		if args[0] == "scan" && args[1] == "-v" { // columns are as wide as names
			out, want = strings.Join(strings.Fields(out), " "), strings.Join(strings.Fields(want), " ")
		}
		if diff := cmp.Diff(want, strings.ReplaceAll(out, "s3://logs/case", "case")); diff != "" {
			t.Errorf("%q: %s", args, diff)
		}
		if diff := cmp.Diff(sortedLines(wantSaid), sortedLines(strings.ReplaceAll(said, "s3://logs/case", "case"))); diff != "" {
			t.Errorf("%q said %s", args, diff)
		}
	}
}

// sortedLines is for what is said by several that read at once.
func sortedLines(s string) []string { return slices.Sorted(strings.Lines(s)) }

// TestStorePages reads more objects than one page of a listing holds.
func TestStorePages(t *testing.T) {
	g := serve(t)
	for i := range 1100 {
		g.put(fmt.Sprintf("many/%02d/%04d.log", i%30, i), []byte("2026-11-20 09:00:00.000 I/AppBrandLog(4001): heartbeat\n"))
	}
	status, out, stderr := g.run("info", "s3://logs/many", "-f", "json")
	if n := strings.Count(out, `"name": "s3://logs/many/`); status != 0 || n != 1100 {
		t.Errorf("status %d, %d inputs, %s", status, n, stderr)
	}
	status, out, _ = g.run("info", "s3://logs/many/0*/*.log", "-f", "json")
	if n := strings.Count(out, `"name": "s3://logs/many/`); status != 0 || n != 370 {
		t.Errorf("a pattern: status %d, %d inputs", status, n)
	}
}

// TestStoreArchives reads archives by their lists, which are at their ends.
func TestStoreArchives(t *testing.T) {
	g := serve(t)
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := range 40 {
		w, err := z.CreateHeader(&zip.FileHeader{Name: fmt.Sprintf("xlog/%02d.log", i), Method: uint16(i%2) * zip.Deflate})
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(w, "2026-11-20 09:00:%02d.000 I/AppBrandLog(4001): heartbeat\n%s", i, strings.Repeat("more of it\n", 20_000))
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	g.put("case.zip", b.Bytes())
	t.Chdir(filepath.Join(g.root, "logs"))
	_, want, _ := g.run("decode", "case.zip")
	status, out, stderr := g.run("decode", "s3://logs/case.zip")
	if status != 0 || stderr != "" || out != want || len(out) < 40*11*20_000 {
		t.Errorf("status %d, %d bytes of %d, %s", status, len(out), len(want), stderr)
	}
}

// TestStoreComesBack kills the store in the middle of an object and starts it again.
func TestStoreComesBack(t *testing.T) {
	g := serve(t)
	data := long()
	g.put("long.log", data)
	status, out, stderr := g.runUntil("s3://logs/long.log", func() { g.kill(); g.start() }, "info", "s3://logs/long.log")
	if status != 0 || stderr != "" || !strings.Contains(out, fmt.Sprintf("%d lines", bytes.Count(data, []byte("\n")))) {
		t.Errorf("status %d, %s%s", status, stderr, out)
	}
}

// TestStoreGone kills the store for good. Other inputs are read all the same.
func TestStoreGone(t *testing.T) {
	g := serve(t)
	g.put("long.log", long())
	g.put("other.log", []byte("2026-11-20 09:00:00.000 I/AppBrandLog(4001): heartbeat\n"))
	local := filepath.Join(t.TempDir(), "wmpf.log")
	if err := os.WriteFile(local, []byte("2026-11-20 09:00:00.000 I/AppBrandLog(4001): heartbeat\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	status, out, stderr := g.runUntil("s3://logs/long.log", g.kill, "info", "-j", "1", "s3://logs", local)
	lines := strings.Split(strings.TrimSpace(stderr), "\n")
	gone := "the store at http://" + g.address + " does not answer (connection refused); check --s3-endpoint and the network, and run it again"
	if status != statusPartial || len(lines) != 2 || !slices.ContainsFunc(lines, func(l string) bool {
		return strings.HasPrefix(l, "xlogscan: s3://logs/long.log: reading stopped after ") && strings.HasSuffix(l, gone)
	}) || !slices.Contains(lines, "xlogscan: s3://logs/other.log: this cannot be read: "+gone) {
		t.Errorf("status %d, said\n%s", status, stderr)
	}
	if !strings.Contains(out, "wmpf.log") || !strings.Contains(out, "55 bytes, 1 line") {
		t.Errorf("the file was not read: %s", out)
	}
}

// TestStoreReplaced replaces an object while it is read, at a moment at which its connection breaks.
func TestStoreReplaced(t *testing.T) {
	g := serve(t)
	g.put("long.log", long())
	replaced := func() {
		g.kill()
		g.start()
		g.put("long.log", []byte("2026-11-20 09:00:00.000 I/AppBrandLog(4001): another\n"))
	}
	status, _, stderr := g.runUntil("s3://logs/long.log", replaced, "info", "s3://logs/long.log")
	if status != statusPartial || !strings.HasSuffix(stderr, ": the object was replaced after it was found; run it again\n") || strings.Count(stderr, "\n") != 1 {
		t.Errorf("status %d, said %s", status, stderr)
	}
}

func TestStoreRefuses(t *testing.T) {
	t.Setenv("HOME", t.TempDir()) // no keys of the machine
	g := serve(t)
	g.put("a.log", []byte("2026-11-20 09:00:00.000 I/AppBrandLog(4001): heartbeat\n"))
	for _, tt := range []struct {
		about string
		env   map[string]string
		args  []string
		want  string
	}{
		{"wrong secret", map[string]string{"AWS_SECRET_ACCESS_KEY": "not-the-secret"}, []string{"s3://logs/a.log"}, "the secret key is not that of the access key"},
		{"wrong key", map[string]string{"AWS_ACCESS_KEY_ID": "AKIDNOTTHEKEY"}, []string{"s3://logs/a.log"}, "does not know the access key"},
		{"no key", map[string]string{"AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": "", "AWS_EC2_METADATA_DISABLED": "true"}, []string{"s3://logs/a.log"}, "denies access without keys, and none were found"},
		{"no bucket", nil, []string{"s3://nothing/a.log"}, `there is no bucket "nothing"`},
		{"no object", nil, []string{"s3://logs/b.log"}, "there is no object of this name and none below it"},
		{"wrong region", nil, []string{"s3://logs/a.log", "--s3-region", "eu-west-1"}, "set --s3-region to us-east-1"},
		{"wrong scheme", nil, []string{"s3://logs/a.log", "--s3-endpoint", "https://" + g.address}, "does not speak https"},
	} {
		t.Run(tt.about, func(t *testing.T) {
			var out, errs bytes.Buffer
			status := run(t.Context(), append([]string{"scan"}, tt.args...), strings.NewReader(""), &out, &errs, g.env(tt.env))
			said := out.String() + errs.String()
			if status != statusEmpty || !strings.Contains(said, tt.want) {
				t.Errorf("status %d, said %s", status, said)
			}
			for _, secret := range []string{storeAccess, storeSecret, "AKIDNOTTHEKEY", "not-the-secret"} {
				if strings.Contains(said, secret) {
					t.Errorf("a key is in %s", said)
				}
			}
		})
	}
}

// TestStoreState holds that an object that was read before is not read again, and one that was replaced is.
func TestStoreState(t *testing.T) {
	g := serve(t)
	dir := t.TempDir()
	g.put("a.log", []byte("2026-11-20 09:00:00.000 I/AppBrandLog(4001): heartbeat\n"))
	for i, want := range []string{"0 of 1 input known", "1 of 1 input known", "0 of 1 input known"} {
		if i == 2 {
			g.put("a.log", []byte("2026-11-20 09:00:01.000 I/AppBrandLog(4001): heartbeat\n"))
		}
		if _, _, stderr := g.run("scan", "--state", dir, "s3://logs/a.log"); !strings.Contains(stderr, want) {
			t.Errorf("scan %d: %s", i, stderr)
		}
	}
}

// TestStoreCopies writes what was an object to folders, and nowhere else.
func TestStoreCopies(t *testing.T) {
	g := serve(t)
	g.put("deep/a.log", []byte("2026-11-20 09:00:00.000 I/AppBrandLog(4001): heartbeat\n"))
	dir := t.TempDir()
	list := filepath.Join(dir, "list")
	if err := os.WriteFile(list, []byte("s3://logs/deep/a.log\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		args   []string
		status int
		want   string // a file, or what is said
	}{
		{[]string{"decode", "-o", filepath.Join(dir, "text"), "--files-from", list}, 0, "text/a.log.txt"},
		{[]string{"redact", "-o", filepath.Join(dir, "share"), "s3://logs/deep"}, 0, "share/a.redacted.log"},
		{[]string{"redact", "s3://logs/deep"}, statusUsage, "name a folder with -o"},
		{[]string{"scan", "--follow", "s3://logs/deep"}, statusUsage, "objects such as s3://logs/deep do not"},
	} {
		status, _, stderr := g.run(tt.args...)
		_, err := os.Stat(filepath.Join(dir, tt.want))
		if status != tt.status || err != nil && !strings.Contains(stderr, tt.want) {
			var left []string
			_ = filepath.WalkDir(dir, func(name string, _ fs.DirEntry, _ error) error { left = append(left, name); return nil })
			t.Errorf("%q: status %d, said %q, left %q", tt.args, status, stderr, left)
		}
	}
}
