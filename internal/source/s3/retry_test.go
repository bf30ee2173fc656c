package s3

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/xlogscan/xlogscan/internal/source"
)

func TestBackoff(t *testing.T) {
	f := newFake(t, map[string][]byte{"k": []byte("text")})
	s := f.store(Config{})
	f.fail(answer(503, "SlowDown"), answer(500, "InternalError"), reset, answer(429, "TooManyRequests"))
	one(t, s, "s3://bkt/k")
	ms := time.Millisecond
	if _, waits := f.asked(); !slices.Equal(waits, []time.Duration{500 * ms, 1000 * ms, 2000 * ms, 4000 * ms}) {
		t.Errorf("waited %v", waits)
	}
}

// TestGivenUp holds that a store that is gone is waited for once, and not by each of thousands of objects.
func TestGivenUp(t *testing.T) {
	f := newFake(t, map[string][]byte{"k": []byte("text")})
	s := f.store(Config{})
	gone := slices.Repeat([]fault{reset}, tries)
	f.fail(gone...)
	err := s.Find(t.Context(), "s3://bkt/k", nil)
	if requests, waits := f.asked(); !source.FromStore(err) || len(requests) != tries || len(waits) != tries-1 {
		t.Errorf("%v behind %d tries and %d pauses", err, len(requests), len(waits))
	}
	f.fail(reset)
	if err := s.Find(t.Context(), "s3://bkt/k", nil); err == nil {
		t.Error("a store that was given up was asked twice")
	}
	f.fail(nil, reset, nil)
	one(t, s, "s3://bkt/k") // it is back
	one(t, s, "s3://bkt/k") // and is waited for again
	if _, waits := f.asked(); len(waits) != 1 {
		t.Errorf("%d pauses once it was back", len(waits))
	}
}

func TestNoRetry(t *testing.T) {
	f := newFake(t, nil)
	s := f.store(Config{})
	for _, broken := range []fault{answer(403, "AccessDenied"), answer(404, "NoSuchBucket"), answer(400, "ExpiredToken"), answer(501, "NotImplemented")} {
		f.fail(broken, broken)
		err := s.Find(t.Context(), "s3://bkt/k", nil)
		if requests, waits := f.asked(); !source.FromStore(err) || len(requests) > 2 || len(waits) > 0 {
			t.Errorf("%v behind %q and %d pauses", err, requests, len(waits))
		}
	}
}

func TestInterruptedWait(t *testing.T) {
	f := newFake(t, nil)
	s := f.store(Config{})
	ctx, cancel := context.WithCancel(t.Context())
	f.fail(func(*fake, http.ResponseWriter, *http.Request) { cancel(); panic(http.ErrAbortHandler) })
	_ = s.Find(ctx, "s3://bkt/k", nil)
	if requests, _ := f.asked(); len(requests) != 1 {
		t.Errorf("asked %q behind the end of the context", requests)
	}
}

// TestInterruptedListing holds that a listing that was interrupted is not taken for a whole one.
func TestInterruptedListing(t *testing.T) {
	f := newFake(t, map[string][]byte{"a/1": nil, "a/2": nil})
	s := f.store(Config{})
	ctx, cancel := context.WithCancel(t.Context())
	if err := s.Find(ctx, "s3://bkt/a/", func(source.Input) { cancel() }); err == nil {
		t.Error("the listing was whole")
	}
}

// TestWait holds that the pause of a real clock ends with the context.
func TestWait(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := wait(ctx, time.Hour); err == nil {
		t.Error("an hour has passed")
	}
	if err := wait(t.Context(), 2); err != nil {
		t.Error(err)
	}
}

func TestResume(t *testing.T) {
	data := content(200_000)
	f := newFake(t, map[string][]byte{"k": data})
	in := one(t, f.store(Config{}), "s3://bkt/k")
	f.fail(cutAfter(100_000), answer(503, "SlowDown"), cutAfter(50_000))
	r, err := in.Open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	got, err := io.ReadAll(r)
	if err != nil || !bytes.Equal(got, data) {
		t.Errorf("%d of %d bytes: %v", len(got), len(data), err)
	}
	requests, _ := f.asked()
	want := []string{"GET k", "GET k bytes=100000-199999", "GET k bytes=100000-199999", "GET k bytes=150000-199999"}
	if diff := cmp.Diff(want, requests); diff != "" {
		t.Error(diff)
	}
}

// TestStalled holds that what does not go on is asked for again.
func TestStalled(t *testing.T) {
	data := content(3 * blockSize)
	f := newFake(t, map[string][]byte{"a/k": data})
	s := f.store(Config{})
	s.patience = 50 * time.Millisecond
	silent := func(_ *fake, _ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }
	f.fail(silent, nil)
	in := one(t, s, "s3://bkt/a/")
	f.fail(func(f *fake, w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", etagOf(data))
		w.Header().Set("Last-Modified", "Fri, 20 Nov 2026 00:00:00 GMT")
		w.Header().Set("Content-Length", fmt.Sprint(len(data)))
		_, _ = w.Write(data[:blockSize])
		http.NewResponseController(w).Flush()
		silent(f, w, r)
	})
	r, err := in.Open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if got, err := io.ReadAll(r); err != nil || !bytes.Equal(got, data) {
		t.Errorf("%d of %d bytes: %v", len(got), len(data), err)
	}
}

func TestReplaced(t *testing.T) {
	data := content(200_000)
	for name, broken := range map[string]fault{
		"before":   nil, // the test replaces it
		"while":    cutAfter(100_000),
		"in sight": func(_ *fake, w http.ResponseWriter, _ *http.Request) { answerOther(w) },
	} {
		t.Run(name, func(t *testing.T) {
			f := newFake(t, map[string][]byte{"k": data})
			in := one(t, f.store(Config{}), "s3://bkt/k")
			f.fail(broken)
			if name != "while" {
				f.put("k", content(199_999))
			}
			r, err := in.Open(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			defer r.Close()
			p := make([]byte, 1000)
			n, err := r.Read(p)
			if name == "while" && (n == 0 || err != nil) {
				t.Fatalf("nothing read: %v", err)
			}
			f.put("k", content(199_999))
			_, last := io.Copy(io.Discard, r)
			if last == nil || last.Error() != changed || !source.FromStore(last) {
				t.Errorf("told %v", last)
			}
		})
	}
}

// answerOther is what a store says of another object that knows no If-Match.
func answerOther(w http.ResponseWriter) {
	w.Header().Set("ETag", `"another"`)
	w.Header().Set("Last-Modified", "Fri, 20 Nov 2026 00:00:00 GMT")
	_, _ = w.Write(content(200_000))
}

// TestListingGoesOn holds that a page that failed is asked for again, and no other.
func TestListingGoesOn(t *testing.T) {
	objects := map[string][]byte{"logs/": nil, "logs/.DS_Store": nil, "logsmore": nil}
	var want []string
	for i := range 2*pageSize + 5 {
		key := fmt.Sprintf("logs/%05d.xlog", i)
		objects[key] = []byte(key)
		want = append(want, "s3://bkt/"+key)
	}
	f := newFake(t, objects)
	for _, s := range []*Store{f.store(Config{}), f.storeOf(Config{Endpoint: "http://cos.ap-guangzhou.myqcloud.com"})} {
		f.fail(nil, nil, answer(503, "SlowDown"), reset)
		var got []string
		for _, in := range find(t, s, "s3://bkt/logs") {
			got = append(got, in.Name)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
		if requests, _ := f.asked(); len(requests) != 6 { // HEAD, three pages, one of them three times
			t.Errorf("asked %q", requests)
		}
	}
}

// TestSentences holds that each error says what to do, and none what was sent.
func TestSentences(t *testing.T) {
	for _, tt := range []struct {
		broken fault
		want   string
	}{
		{answer(404, "NoSuchBucket"), `there is no bucket "bkt" at`},
		{answer(403, "AccessDenied"), "s3:ListBucket"},
		{answer(403, "InvalidAccessKeyId"), "check AWS_ACCESS_KEY_ID"},
		{answer(403, "SomethingElse"), "denies access (SomethingElse)"},
		{answer(403, "SignatureDoesNotMatch"), "secret key"},
		{answer(400, "ExpiredToken"), "AWS_SESSION_TOKEN"},
		{answer(403, "RequestTimeTooSkewed"), "clock"},
		{answer(301, "PermanentRedirect"), "set --s3-region to moon-1"},
		{answer(400, "AuthorizationHeaderMalformed"), "set --s3-region to moon-1"},
		{answer(503, "SlowDown"), "busy (SlowDown)"},
		{answer(418, strings.Repeat("x", 100)), "HTTP status 418"},
		{answer(400, testAccess+"\x1b"), "refuses this"},
		{reset, "does not answer (it ended the connection)"},
		{func(_ *fake, w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "no XML") }, "at http"},
	} {
		f := newFake(t, nil)
		s := f.store(Config{})
		f.fail(slices.Repeat([]fault{tt.broken}, 2*tries)...)
		err := s.Find(t.Context(), "s3://bkt/logs/", nil)
		if !source.FromStore(err) || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("told %v, not %s", err, tt.want)
		}
		for _, secret := range []string{testSecret, "Signature=", "Credential", "\x1b"} {
			if strings.Contains(err.Error(), secret) {
				t.Errorf("%q is in %q", secret, err)
			}
		}
	}
}
