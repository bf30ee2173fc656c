package fleet

import (
	"regexp"
	"slices"
	"strings"

	"github.com/xlogscan/xlogscan/internal/correlate"
)

// A result is a file that anybody may have made, and one that was scanned with --redact none holds what logs hold. So no
// text of it is taken but words of closed lists and what has the shape of a version, a model, a signature or a room id.

// outcomes and stages are the words of calls, in the order of reports.
var (
	outcomes = []string{
		string(correlate.Completed), string(correlate.NoAnswer), string(correlate.Cancelled), string(correlate.Rejected), string(correlate.BusyOutcome),
		string(correlate.JoinFailed), string(correlate.Aborted), string(correlate.InitiateFailed), string(correlate.UnknownOutcome),
	}
	stages = []string{
		string(correlate.Setup), string(correlate.Initiate), string(correlate.Alert), string(correlate.Join), string(correlate.Wait),
		string(correlate.Answer), string(correlate.ListenerWait), string(correlate.InCall), string(correlate.End),
	}
)

var (
	// Four numbers are a version only where they look less like an address of a network.
	versionShape   = regexp.MustCompile(`^[0-9]{1,2}(\.[0-9]{1,5}){1,2}$|^[0-9](\.[0-9]{1,5}){3}$|^0x[0-9a-fA-F]{8}$`)
	modelShape     = regexp.MustCompile(`^[0-9A-Za-z][0-9A-Za-z ._()+/-]{0,39}$`)
	signatureShape = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+){0,12}$`)
	roomShape      = regexp.MustCompile(`^[0-9A-Za-z_-]{16,64}$`)
	openIDShape    = regexp.MustCompile(`^o[0-9A-Za-z_-]{27}$`)
	citizenShape   = regexp.MustCompile(`^[1-9][0-9]{5}(19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx]$`)
	longWord       = regexp.MustCompile(`[0-9A-Za-z_]{19}`) // of an id, a token
	longNumber     = regexp.MustCompile(`[0-9]{7}`)         // of a phone, a serial number
	groupsOfDigits = regexp.MustCompile(`[0-9]{2,4}([ .-][0-9]{2,4}){2}`)
)

// maxSignature bounds the length of the id of a signature.
const maxSignature = 64

// roomDigits is the least number of digits in a room id, which no name has.
const roomDigits = 6

func isVersion(s string) bool { return versionShape.MatchString(s) }

// isModel asks for a letter and a digit: nearly all models have both, and few names of people.
func isModel(s string) bool {
	return modelShape.MatchString(s) && digits(s) > 0 && strings.ContainsAny(strings.ToLower(s), letters) && !longWord.MatchString(s) && !longNumber.MatchString(s) && !groupsOfDigits.MatchString(s)
}

func isSignature(s string) bool {
	return len(s) <= maxSignature && signatureShape.MatchString(s) && !longNumber.MatchString(s)
}

func isRoom(s string) bool {
	return roomShape.MatchString(s) && digits(s) >= roomDigits && !openIDShape.MatchString(s) && !citizenShape.MatchString(s)
}

const letters = "abcdefghijklmnopqrstuvwxyz"

func digits(s string) (n int) {
	for _, c := range []byte(s) {
		if c >= '0' && c <= '9' {
			n++
		}
	}
	return n
}

// known gives the index of a word, that of the last where it is none of them.
func known(words []string, word string) uint8 {
	if i := slices.Index(words, word); i >= 0 {
		return uint8(i)
	}
	return uint8(len(words) - 1)
}
