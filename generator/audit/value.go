package audit

import (
	"encoding/base64"
	"encoding/json/jsontext"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"
)

// fits reports whether a value is of a primitive type, as far as is known: that
// is, whether the types of templates/odata can hold it, which the test compares.
// They are not used here because the HTTP client of generated code would come
// with them.
func fits(typeName string, raw jsontext.Value) bool {
	isNumber, isText := raw.Kind() == jsontext.KindNumber, raw.Kind() == jsontext.KindString
	text := string(raw)
	if isText {
		b, _ := jsontext.AppendUnquote(nil, raw) // an error means U+FFFD for invalid UTF-8
		text = string(b)
	}
	switch typeName {
	case "Edm.Binary", "Edm.Stream":
		return isText && isBase64(text)
	case "Edm.Boolean":
		return raw.Kind() == jsontext.KindTrue || raw.Kind() == jsontext.KindFalse
	case "Edm.Byte":
		_, err := strconv.ParseUint(text, 10, 8)
		return isNumber && err == nil
	case "Edm.Date":
		_, err := time.Parse(time.DateOnly, text)
		return isText && err == nil
	case "Edm.DateTimeOffset":
		return isText && isTime(text)
	case "Edm.Decimal":
		number := jsontext.Value(text)
		return isNumber || isText && (isNoNumber(text) || number.Kind() == jsontext.KindNumber && number.IsValid())
	case "Edm.Double":
		return isNumber && isFloat(text, 64) || isText && isNoNumber(text)
	case "Edm.Duration":
		return isText && duration().MatchString(text) && !strings.HasSuffix(text, "P") && !strings.HasSuffix(text, "T")
	case "Edm.Guid":
		return isText && guid().MatchString(text)
	case "Edm.Int16":
		return isNumber && isInteger(text, 16)
	case "Edm.Int32":
		return isNumber && isInteger(text, 32)
	case "Edm.Int64":
		return (isNumber || isText) && isInteger(text, 64)
	case "Edm.SByte":
		return isNumber && isInteger(text, 8)
	case "Edm.Single":
		return isNumber && isFloat(text, 32) || isText && isNoNumber(text)
	case "Edm.String":
		return isText
	case "Edm.TimeOfDay":
		return isText && timeOfDay().MatchString(text)
	}
	return true
}

var (
	duration  = lazy(`^[-+]?P(?:\d+D)?(?:T(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?$`)
	guid      = lazy(`^[[:xdigit:]]{8}(?:-[[:xdigit:]]{4}){3}-[[:xdigit:]]{12}$`)
	timeOfDay = lazy(`^(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,12})?)?$`)
)

// lazy compiles a regular expression when it is needed first: most runs are no
// audits.
func lazy(form string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(form) })
}

func isInteger(text string, bits int) bool {
	_, err := strconv.ParseInt(text, 10, bits)
	return err == nil
}

func isFloat(text string, bits int) bool {
	_, err := strconv.ParseFloat(text, bits)
	return err == nil
}

// isNoNumber reports what numbers can be that JSON has no number for.
func isNoNumber(text string) bool { return text == "INF" || text == "-INF" || text == "NaN" }

// isTime allows what a time.Time can be received as, and sent again.
func isTime(text string) bool {
	var t time.Time
	if t.UnmarshalText([]byte(text)) != nil {
		return false
	}
	_, err := t.MarshalText()
	return err == nil
}

// isBase64 allows the standard alphabet, too, and missing padding.
func isBase64(text string) bool {
	text = strings.NewReplacer("+", "-", "/", "_").Replace(strings.TrimRight(text, "="))
	_, err := base64.RawURLEncoding.DecodeString(text)
	return err == nil
}
