package edm

import (
	"encoding/json/jsontext"
	"encoding/json/v2"
)

// state is what an Opt or a List knows beside its value; nil means that the
// property is absent. A state never changes once a property points to it: copies
// of the property share it.
type state struct {
	raw     jsontext.Value // if not nil, the JSON to send in place of the value
	err     error          // why raw does not fit
	decoded []byte         // if not nil, raw stands for the value only while that encodes to this
}

// The states that nearly all properties are in. They differ in content, too, so
// that [reflect.DeepEqual] tells them apart.
var (
	null = &state{raw: jsontext.Value("null")}
	set  = &state{}
)

// unfit returns the state of a received value that does not fit.
func unfit(raw jsontext.Value, err error) *state { return &state{raw: raw.Clone(), err: err} }

// fromRaw decodes raw into a property, whose zero value stays if raw is empty.
// It returns the state of the property if raw is not JSON, else nil.
func fromRaw(raw jsontext.Value, property any) *state {
	if len(raw) == 0 {
		return nil
	}
	if err := json.Unmarshal(raw, property, decoding); err != nil {
		return unfit(raw, err)
	}
	return nil
}

// hasValue reports whether there is a value that fits.
func (s *state) hasValue() bool { return s != nil && s != null && s.err == nil }

func (s *state) mistake() error {
	if s == nil {
		return nil
	}
	return s.err
}

func (s *state) received() jsontext.Value {
	if s == nil || s == null {
		return nil
	}
	return s.raw.Clone()
}

// text describes a property without a value.
func (s *state) text() string {
	if s == nil {
		return "absent"
	}
	return string(s.raw)
}
