-- Views of what xlogscan -f ndjson wrote into the current folder, for DuckDB. Made by make docs.

CREATE VIEW files AS FROM read_ndjson('files.ndjson', columns = {
  "input": 'VARCHAR',
  "kind": 'VARCHAR',
  "side": 'VARCHAR',
  "bytes": 'BIGINT',
  "blocks": 'BIGINT',
  "lines": 'BIGINT',
  "events": 'BIGINT',
  "damagedBytes": 'BIGINT',
  "lockedBytes": 'BIGINT',
  "lockedBlocks": 'BIGINT',
  "firstTime": 'TIMESTAMPTZ',
  "lastTime": 'TIMESTAMPTZ',
  "wmpf": 'VARCHAR',
  "plugin": 'VARCHAR',
  "linuxSdk": 'VARCHAR',
  "wechat": 'VARCHAR',
  "appId": 'VARCHAR',
  "model": 'VARCHAR',
  "keys": 'VARCHAR',
  "note": 'VARCHAR',
  "stamp": 'VARCHAR',
  "askedSince": 'VARCHAR',
  "askedUntil": 'VARCHAR',
  "skippedBlocks": 'BIGINT'
});

CREATE VIEW calls AS FROM read_ndjson('calls.ndjson', columns = {
  "call": 'VARCHAR',
  "roomId": 'VARCHAR',
  "mediaRoomId": 'VARCHAR',
  "roomType": 'VARCHAR',
  "direction": 'VARCHAR',
  "startTime": 'TIMESTAMPTZ',
  "answerTime": 'TIMESTAMPTZ',
  "endTime": 'TIMESTAMPTZ',
  "talkSeconds": 'DOUBLE',
  "stage": 'VARCHAR',
  "outcome": 'VARCHAR',
  "endedBy": 'VARCHAR',
  "cause": 'VARCHAR',
  "basis": 'VARCHAR',
  "ambiguous": 'BIGINT',
  "clockOffsetMs": 'BIGINT',
  "clockLowMs": 'BIGINT',
  "clockHighMs": 'BIGINT',
  "clockPairs": 'BIGINT',
  "callerSide": 'VARCHAR',
  "callerCoverage": 'VARCHAR',
  "callerWmpf": 'VARCHAR',
  "callerPlugin": 'VARCHAR',
  "callerLinuxSdk": 'VARCHAR',
  "callerWechat": 'VARCHAR',
  "callerAppId": 'VARCHAR',
  "callerModel": 'VARCHAR',
  "listenerSide": 'VARCHAR',
  "listenerCoverage": 'VARCHAR',
  "listenerWmpf": 'VARCHAR',
  "listenerPlugin": 'VARCHAR',
  "listenerLinuxSdk": 'VARCHAR',
  "listenerWechat": 'VARCHAR',
  "listenerAppId": 'VARCHAR',
  "listenerModel": 'VARCHAR',
  "signature": 'VARCHAR',
  "severity": 'VARCHAR',
  "certainty": 'VARCHAR',
  "findings": 'BIGINT',
  "clear": 'BIGINT',
  "notEvaluable": 'BIGINT'
});

CREATE VIEW events AS FROM read_ndjson('events.ndjson', columns = {
  "call": 'VARCHAR',
  "n": 'BIGINT',
  "time": 'TIMESTAMPTZ',
  "role": 'VARCHAR',
  "event": 'VARCHAR',
  "detail": 'VARCHAR',
  "count": 'BIGINT',
  "orderSure": 'BOOLEAN',
  "input": 'VARCHAR',
  "byteOffset": 'BIGINT',
  "line": 'BIGINT',
  "text": 'VARCHAR'
});

CREATE VIEW findings AS FROM read_ndjson('findings.ndjson', columns = {
  "finding": 'BIGINT',
  "call": 'VARCHAR',
  "rank": 'BIGINT',
  "signature": 'VARCHAR',
  "severity": 'VARCHAR',
  "certainty": 'VARCHAR',
  "role": 'VARCHAR',
  "stage": 'VARCHAR',
  "title": 'VARCHAR',
  "summary": 'VARCHAR',
  "why": 'VARCHAR',
  "cause": 'VARCHAR',
  "remedy": 'VARCHAR',
  "url": 'VARCHAR',
  "missing": 'VARCHAR'
});

CREATE VIEW evidence AS FROM read_ndjson('evidence.ndjson', columns = {
  "finding": 'BIGINT',
  "n": 'BIGINT',
  "time": 'TIMESTAMPTZ',
  "role": 'VARCHAR',
  "input": 'VARCHAR',
  "byteOffset": 'BIGINT',
  "line": 'BIGINT',
  "text": 'VARCHAR'
});

CREATE VIEW damage AS FROM read_ndjson('damage.ndjson', columns = {
  "input": 'VARCHAR',
  "byteOffset": 'BIGINT',
  "length": 'BIGINT',
  "kind": 'VARCHAR',
  "blocksBefore": 'BIGINT',
  "salvagedBytes": 'BIGINT',
  "harmless": 'BOOLEAN',
  "timeFrom": 'TIMESTAMPTZ',
  "timeTo": 'TIMESTAMPTZ',
  "reason": 'VARCHAR'
});
