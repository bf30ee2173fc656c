package s3

import (
	"bytes"
	"context"
	"crypto/md5"
	"encoding/xml"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/minio/minio-go/v7"

	"github.com/xlogscan/xlogscan/internal/source"
)

func TestMain(m *testing.M) {
	minio.DefaultRetryUnit = 0 // it waits even behind its last try
	os.Exit(m.Run())
}

// The keys that the tests sign with.
const testAccess, testSecret = "AKIDTESTACCESS", "test-secret-key"

// fake is a store in memory that can be told to fail. Its one bucket is called bkt.
type fake struct {
	t      *testing.T
	server *httptest.Server

	mu       sync.Mutex
	objects  map[string][]byte
	faults   []fault  // of the next requests, nil for none
	requests []string // what was asked, as "GET key bytes=0-9"
	waits    []time.Duration
}

// A fault answers a request in place of the store.
type fault func(f *fake, w http.ResponseWriter, r *http.Request)

func newFake(t *testing.T, objects map[string][]byte) *fake {
	f := &fake{t: t, objects: objects}
	f.server = httptest.NewServer(f)
	t.Cleanup(f.server.Close)
	return f
}

// store returns a store whose requests all come to f, whatever host they name, and that waits without a clock.
func (f *fake) store(conf Config) *Store {
	conf.Endpoint, conf.Region = f.server.URL, "us-east-1"
	return f.storeOf(conf)
}

// storeOf is store with the endpoint and region of conf.
func (f *fake) storeOf(conf Config) *Store {
	conf.Keys = Keys{Access: testAccess, Secret: testSecret}
	conf.Wait = func(ctx context.Context, d time.Duration) error {
		f.mu.Lock()
		defer f.mu.Unlock()
		f.waits = append(f.waits, d)
		return ctx.Err()
	}
	s, err := New(conf)
	if err == nil {
		err = s.connect()
	}
	if err != nil {
		f.t.Fatal(err)
	}
	s.transport.DisableKeepAlives = true // over an old connection net/http asks again by itself
	s.transport.DialContext = func(ctx context.Context, network, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, network, strings.TrimPrefix(f.server.URL, "http://"))
	}
	return s
}

func (f *fake) fail(faults ...fault) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.faults, f.requests, f.waits = faults, nil, nil
}

func (f *fake) put(key string, data []byte) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.objects[key] = data
}

// asked returns the requests and pauses since the last call of fail.
func (f *fake) asked() (requests []string, waits []time.Duration) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.requests), slices.Clone(f.waits)
}

func (f *fake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	key := strings.TrimPrefix(strings.TrimPrefix(r.URL.Path, "/"), "bkt/")
	if r.URL.Path == "/bkt/" || r.URL.Path == "/bkt" || r.URL.Path == "/" {
		key = "list"
	}
	f.mu.Lock()
	f.requests = append(f.requests, strings.TrimSpace(r.Method+" "+key+" "+r.Header.Get("Range")))
	var broken fault
	if len(f.faults) > 0 {
		broken, f.faults = f.faults[0], f.faults[1:]
	}
	data, ok := f.objects[key]
	f.mu.Unlock()
	switch {
	case broken != nil:
		broken(f, w, r)
	case key == "list":
		f.list(w, r.URL.Query())
	case !ok:
		answer(http.StatusNotFound, "NoSuchKey")(f, w, r)
	default:
		w.Header().Set("ETag", etagOf(data))
		http.ServeContent(w, r, "", time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC), bytes.NewReader(data))
	}
}

func etagOf(data []byte) string { return fmt.Sprintf("%q", fmt.Sprintf("%x", md5.Sum(data))) }

// list answers with one page.
func (f *fake) list(w http.ResponseWriter, q url.Values) {
	type entry struct {
		Key, ETag, LastModified string
		Size                    int
	}
	result := struct {
		XMLName               xml.Name `xml:"ListBucketResult"`
		IsTruncated           bool
		NextContinuationToken string
		Contents              []entry
	}{}
	f.mu.Lock()
	defer f.mu.Unlock()
	var keys []string
	for k := range f.objects {
		if strings.HasPrefix(k, q.Get("prefix")) && k > max(q.Get("start-after"), q.Get("continuation-token"), q.Get("marker")) {
			keys = append(keys, k)
		}
	}
	slices.Sort(keys)
	if most, _ := strconv.Atoi(q.Get("max-keys")); len(keys) > most {
		keys = keys[:most]
		result.IsTruncated, result.NextContinuationToken = true, keys[most-1]
	}
	for _, k := range keys {
		result.Contents = append(result.Contents, entry{k, etagOf(f.objects[k]), "2026-11-20T00:00:00.000Z", len(f.objects[k])})
	}
	_ = xml.NewEncoder(w).Encode(result)
}

// answer is the fault of a store that answers with an error, and repeats in it what it should not.
func answer(status int, code string) fault {
	return func(_ *fake, w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(status)
		if r.Method != http.MethodHead {
			fmt.Fprintf(w, "<Error><Code>%s</Code><Message>%s said %s</Message><Region>moon-1</Region></Error>", code, testAccess, r.Header.Get("Authorization"))
		}
	}
}

// cutAfter is the fault of a connection that breaks behind n bytes of an object.
func cutAfter(n int) fault {
	return func(f *fake, w http.ResponseWriter, r *http.Request) {
		f.mu.Lock()
		data := f.objects[strings.TrimPrefix(r.URL.Path, "/bkt/")]
		f.mu.Unlock()
		from := 0
		if given := r.Header.Get("Range"); given != "" {
			_, _ = fmt.Sscanf(given, "bytes=%d-", &from)
			w.Header().Set("Content-Range", fmt.Sprintf("bytes %d-%d/%d", from, len(data)-1, len(data)))
		}
		w.Header().Set("ETag", etagOf(data))
		w.Header().Set("Last-Modified", "Fri, 20 Nov 2026 00:00:00 GMT")
		w.Header().Set("Content-Length", strconv.Itoa(len(data)-from))
		if from > 0 {
			w.WriteHeader(http.StatusPartialContent)
		}
		_, _ = w.Write(data[from : from+n])
		http.NewResponseController(w).Flush()
		panic(http.ErrAbortHandler)
	}
}

// reset is the fault of a connection that ends without an answer.
func reset(*fake, http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }

// find returns the inputs of a path.
func find(t *testing.T, s *Store, path string) []source.Input {
	t.Helper()
	var list []source.Input
	if err := s.Find(t.Context(), path, func(in source.Input) { list = append(list, in) }); err != nil {
		t.Fatal(err)
	}
	return list
}

// one returns the one input of a path.
func one(t *testing.T, s *Store, path string) source.Input {
	t.Helper()
	list := find(t, s, path)
	if len(list) != 1 {
		t.Fatalf("%s gave %d inputs", path, len(list))
	}
	return list[0]
}

// content is data that is different everywhere.
func content(n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(i>>16 ^ i>>8 ^ i)
	}
	return b
}
