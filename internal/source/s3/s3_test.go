package s3

import (
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestEndpoint(t *testing.T) {
	for _, tt := range []struct{ given, want string }{
		{"", "https://s3.amazonaws.com"},
		{"s3.example.com", "https://s3.example.com"},
		{"http://localhost:9000/", "http://localhost:9000"},
		{"https://u:secret@s3.example.com", "name or password"},
		{"https://s3.example.com/bucket", "more than a host"},
		{"https://s3.example.com?x=secret", "more than a host"},
		{"ftp://s3.example.com", "must begin with"},
		{"http://[secret", "no URL"},
		{"https://", "no URL"},
	} {
		s, err := New(Config{Endpoint: tt.given})
		if err != nil {
			if strings.Contains(err.Error(), "secret") || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("%q told %v", tt.given, err)
			}
			continue
		}
		if s.endpoint.String() != tt.want {
			t.Errorf("%q is %s, want %s", tt.given, s.endpoint, tt.want)
		}
	}
}

// TestStyle holds where the bucket stands in a request, and what it is signed for.
func TestStyle(t *testing.T) {
	for _, tt := range []struct{ endpoint, style, region, host, path, scope string }{
		{"http://s3.example.com", "", "", "s3.example.com", "/bucket/k", "/us-east-1/s3/"},
		{"http://s3.example.com", Auto, "", "s3.example.com", "/bucket/k", "/us-east-1/s3/"},
		{"http://s3.example.com", Virtual, "moon-1", "bucket.s3.example.com", "/k", "/moon-1/s3/"},
		{"http://cos.ap-guangzhou.myqcloud.com", Auto, "", "bucket.cos.ap-guangzhou.myqcloud.com", "/k", "/ap-guangzhou/s3/"},
		{"http://cos.ap-guangzhou.myqcloud.com", Path, "moon-1", "cos.ap-guangzhou.myqcloud.com", "/bucket/k", "/moon-1/s3/"},
	} {
		f := newFake(t, nil)
		region := tt.region
		if region == "" && !strings.Contains(tt.endpoint, cosSuffix) {
			region = "us-east-1"
		}
		s := f.storeOf(Config{Endpoint: tt.endpoint, Style: tt.style, Region: region})
		var host, path, signed string
		f.fail(func(_ *fake, w http.ResponseWriter, r *http.Request) {
			host, path, signed = r.Host, r.URL.Path, r.Header.Get("Authorization")
			answer(404, "NoSuchKey")(f, w, r)
		}, answer(404, "NoSuchBucket"))
		_ = s.Find(t.Context(), "s3://bucket/k", nil)
		if host != tt.host || path != tt.path || !strings.Contains(signed, tt.scope) {
			t.Errorf("%s %s: asked %s%s, signed %s", tt.endpoint, tt.style, host, path, signed)
		}
	}
}

// TestNobody holds that requests without keys are not signed, and that the sentence says so.
func TestNobody(t *testing.T) {
	t.Setenv("HOME", t.TempDir())
	for _, name := range []string{"AWS_PROFILE", "AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"} {
		t.Setenv(name, "")
	}
	f := newFake(t, nil)
	s := f.store(Config{NoMetadata: true})
	s.conf.Keys = Keys{}
	f.fail(func(_ *fake, w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "" {
			t.Error("signed by nobody")
		}
		answer(403, "AccessDenied")(f, w, r)
	})
	err := s.Find(t.Context(), "s3://bkt/k/", nil)
	if err == nil || !strings.Contains(err.Error(), "none were found; set AWS_ACCESS_KEY_ID") {
		t.Errorf("told %v", err)
	}
}

// TestKeys holds where keys are looked for, and in which order.
func TestKeys(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("HOME", dir)
	file := filepath.Join(dir, "keys")
	err := os.WriteFile(file, []byte("[default]\naws_access_key_id = OFDEFAULT\naws_secret_access_key = x\n[field]\naws_access_key_id = OFFIELD\naws_secret_access_key = x\n"), 0o600)
	if err != nil {
		t.Fatal(err)
	}
	role := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, `{"AccessKeyId": "OFROLE", "SecretAccessKey": "x", "Token": "of the role", "Expiration": "2126-01-01T00:00:00Z"}`)
	}))
	defer role.Close()
	for _, tt := range []struct {
		file, profile, role string
		keys                Keys
		want, session       string
	}{
		{file, "", role.URL, Keys{"GIVEN", "x", "of the keys"}, "GIVEN", "of the keys"},
		{file, "", role.URL, Keys{}, "OFDEFAULT", ""},
		{file, "field", role.URL, Keys{}, "OFFIELD", ""},
		{filepath.Join(dir, "none"), "", role.URL, Keys{}, "OFROLE", "of the role"},
	} {
		t.Setenv("AWS_SHARED_CREDENTIALS_FILE", tt.file)
		t.Setenv("AWS_PROFILE", tt.profile)
		t.Setenv("AWS_CONTAINER_CREDENTIALS_FULL_URI", tt.role)
		f := newFake(t, nil)
		s := f.store(Config{})
		s.conf.Keys = tt.keys
		var signed, session string
		f.fail(func(_ *fake, w http.ResponseWriter, r *http.Request) {
			signed, session = r.Header.Get("Authorization"), r.Header.Get("X-Amz-Security-Token")
			answer(403, "AccessDenied")(f, w, r)
		})
		_ = s.Find(t.Context(), "s3://bkt/k/", nil)
		if !strings.Contains(signed, "Credential="+tt.want+"/") || session != tt.session {
			t.Errorf("signed %q, session %q, want %s, %q", signed, session, tt.want, tt.session)
		}
	}
}
