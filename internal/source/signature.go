package source

import "bytes"

// signatures are the first bytes of files that get into log folders.
var signatures = []struct {
	offset int
	magic  string
	name   string
}{
	{0, "\x04\x22\x4d\x18", "an LZ4 file (unpack it first)"},
	{0, "\xff\xd8\xff", "a JPEG image"},
	{0, "\x89PNG\r\n\x1a\n", "a PNG image"},
	{0, "GIF87a", "a GIF image"},
	{0, "GIF89a", "a GIF image"},
	{8, "WEBPVP8", "a WebP image"},
	{4, "ftyp", "an MP4 video"},
	{0, "%PDF-", "a PDF document"},
	{0, "\x7fELF", "an ELF program"},
	{0, "MZ\x90\x00", "a Windows program"},
	{0, "SQLite format 3\x00", "an SQLite database"},
	{0, "ANDROID!", "an Android boot image"},
	{0, "ANDROID BACKUP\n", "an Android backup"},
	{0, "dex\n03", "Android byte code"},
	{0, "\xd4\xc3\xb2\xa1", "a network capture"},
	{0, "\xa1\xb2\xc3\xd4", "a network capture"},
}

// signature names a file that is surely no log, or returns "".
func signature(head []byte) string {
	for _, s := range signatures {
		if len(head) >= s.offset && bytes.HasPrefix(head[s.offset:], []byte(s.magic)) {
			return s.name
		}
	}
	return ""
}
