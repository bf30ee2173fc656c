package xlog_test

import (
	"bytes"
	"slices"
	"testing"

	"github.com/xlogscan/xlogscan/internal/xlog"
	"github.com/xlogscan/xlogscan/internal/xlog/xlogtest"
)

// textModeRecords reads a container that went through a transfer in text mode, and counts.
func textModeRecords(t *testing.T, text string, keys ...xlog.Key) (hurt, other int, got reading) {
	t.Helper()
	got = readAll(t, build(t, text+"crlf\n"), keys...)
	for _, d := range got.damage {
		if d.Cause == xlog.TextModeTransfer {
			hurt++
		}
	}
	return hurt, len(got.records) - hurt, got
}

// A transfer in text mode shows in encrypted blocks without their key, too.
func TestTextModeWithoutTheKey(t *testing.T) {
	for name, attributes := range map[string]string{"deflate": "crypt=yes", "zstd": "codec=zstd crypt=yes"} {
		log := logText(attributes, 4, 120)
		sound := readAll(t, build(t, log), testKeys...)
		for _, keys := range [][]xlog.Key{nil, {xlogtest.OtherKey()}} {
			hurt, other, got := textModeRecords(t, log, keys...)
			if hurt != 4 || other != 0 || len(got.text) != 0 {
				t.Errorf("%s, %d keys: got %q", name, len(keys), got.records)
			}
			for i, d := range got.damage {
				if !d.Loss() || int(d.Seq) != i+1 {
					t.Errorf("%s: %s", name, describe(d))
				}
			}
			a, _ := account(t, build(t, log+"crlf\n"), keys...)
			if a.Sealed != 4 {
				t.Errorf("%s: %d blocks are told to be encrypted", name, a.Sealed)
			}
		}
		if hurt, other, got := textModeRecords(t, log, testKeys...); hurt != 4 || other != 0 || !bytes.Equal(got.text, sound.text) {
			t.Errorf("%s, with the key: got %q", name, got.records)
		}
	}
}

// Short blocks, in which a few line feeds can follow carriage returns by chance, are believed behind long ones only.
func TestTextModeWithoutTheKeyInShortBlocks(t *testing.T) {
	short := logText("crypt=yes", 6, 3)
	_, _, alone := textModeRecords(t, short)
	_, _, behind := textModeRecords(t, logText("crypt=yes", 1, 120)+short)
	for _, d := range alone.damage {
		if d.Cause == xlog.TextModeTransfer {
			t.Errorf("alone: %s", describe(d))
		}
	}
	hurt := slices.DeleteFunc(behind.damage, func(d *xlog.Damage) bool { return d.Cause == xlog.TextModeTransfer })
	if len(hurt) > 0 || len(behind.records) != 7 {
		t.Errorf("behind: got %q", behind.records)
	}
}

// A body that is cut out of a block is no transfer in text mode, whatever its bytes are.
func TestHurtLockedBlocksAreNoTextMode(t *testing.T) {
	log := build(t, logText("crypt=yes", 3, 120))
	for at := 200; at < 6000; at += 97 {
		for _, d := range readAll(t, slices.Delete(slices.Clone(log), at, at+40)).damage {
			if d.Cause == xlog.TextModeTransfer {
				t.Fatalf("40 bytes from %d on are missing: %s", at, describe(d))
			}
		}
	}
}
