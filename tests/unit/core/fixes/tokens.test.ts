import { describe, expect, it } from 'vitest';
import { normalizeError } from '../../../../electron/core/fixes/normalize.ts';

describe('what varies', () => {
  it.each([
    ['paths', 'cannot open /var/lib/x/a_1.db here', 'cannot open <path> here'],
    ['paths with blanks in quotes', "cannot open '/home/my user/file name.txt'", "cannot open '<path>'"],
    ['Windows paths', 'cannot open C:\\Users\\bob\\x.log here', 'cannot open <path> here'],
    ['relative paths with lines', 'src/skills/foo.py:12: bad', '<path>: bad'],
    ['file names', "cannot open 'config.json'", "cannot open '<path>'"],
    ['home folders', 'cannot open ~/x/y.py', 'cannot open <path>'],
    ['ISO times', 'expired at 2026-01-15T12:34:56.789+02:00 sharp', 'expired at <time> sharp'],
    ['mail dates', 'expired Wed, 22 Jun 2021 02:38:43 GMT sharp', 'expired <time> sharp'],
    ['times of day', 'expired at 9:08 sharp', 'expired at <time> sharp'],
    ['datetime reprs', 'bad datetime.datetime(2025, 6, 24, 18, 33) here', 'bad <time> here'],
    ['UUIDs', 'job 7c1811ed-e98f-4c9c-a9f9-58c757ff494f lost', 'job <uuid> lost'],
    ['trace ids', 'trace 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01 lost', 'trace <id> lost'],
    ['IPv4 addresses', 'no answer of 192.168.1.10 today', 'no answer of <ip> today'],
    ['IPv6 addresses', 'no answer of fe80::1c2%eth0 today', 'no answer of <ip> today'],
    ['addresses with a port', 'no answer of 10.0.0.1:8080 today', 'no answer of <host>:<port> today'],
    ['host names', 'no answer of api.example-corp.io today', 'no answer of <host> today'],
    [
      'hosts by their context',
      "HTTPSConnectionPool(host='svc-billing', port=443)",
      "httpsconnectionpool(host='<host>', port=<port:https>)",
    ],
    ['mail addresses', 'no mailbox bob+x@example.org here', 'no mailbox <email> here'],
    ['web addresses', 'got nothing from https://a.b.com/c?d=1#e.', 'got nothing from <url>'],
    ['hardware addresses', 'device aa:bb:cc:dd:ee:ff gone', 'device <mac> gone'],
    ['addresses in memory', '<io.BytesIO object at 0x7fbc8fed6680>', '<io.bytesio object at <hex>>'],
    ['hashes', 'no commit 5fc35719b9cf96ec602dbc748ff31c587a46961d', 'no commit <hex>'],
    ['random ids', 'no customer cus_Nf8sKq2LpWx0Zy', 'no customer cus_<id>'],
    ['pod names', 'pod web-7d4b9c6f5d-x2x9p gone', 'pod web-<id> gone'],
    ['keys', 'bad key sk-hzTc****************6wmv today', 'bad key <key> today'],
    ['JWTs', 'bad eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl today', 'bad <key> today'],
    [
      'resource names',
      'User: arn:aws:iam::123456789012:user/bob is not allowed',
      'user: <arn> is not allowed',
    ],
    ['sizes', 'tried 1.69 GiB of 649.97 MiB', 'tried <size> of <size>'],
    ['durations', 'slept 0.100s', 'slept <dur>'],
    ['long durations', 'slept 4 seconds', 'slept <dur>'],
    ['shapes', 'cannot multiply (863x1 and 11x5120)', 'cannot multiply (<shape> and <shape>)'],
    ['versions', 'needs chrome=111.0.5457.158', 'needs chrome=<ver>'],
    ['numbers', 'line 53 column 1 (char 1,571) -2.5e-3', 'line <num> column <num> (char <num>) <num>'],
    ['lists of numbers', 'shape[451, 495,152] bad', 'shape[<num>] bad'],
    ['numbers after a name', "Process 'ForkPoolWorker-114' died", "process 'ForkPoolWorker-<num>' died"],
    ['escaped characters', "can't encode '\\u2776'", "can't encode '<char>'"],
    ['booleans given to a name', 'verify=True', 'verify=<bool>'],
    ['users', "Access denied for user 'root'@'172.17.0.1'", 'access denied for user <user>'],
    ['long numbers in ids', 'blk_-1608999687919862906 lost', 'blk_<num> lost'],
  ])('%s', (_, text, signature) => {
    expect(normalizeError(text)).toBe(signature);
  });
});

describe('places that hold data', () => {
  it.each([
    [
      "ValueError: invalid literal for int() with base 10: '0: 2'",
      'valueerror: invalid literal for int() with base 10: <val>',
    ],
    [
      "ValueError: could not convert string to float: ''",
      'valueerror: could not convert string to float: <val>',
    ],
    [
      "ValueError: time data '#N/A' does not match format '%d/%m/%Y'",
      "valueerror: time data <val> does not match format '%d/%m/%Y'",
    ],
    ["ValueError: 'teal-2' is not a valid Color", 'valueerror: <val> is not a valid color'],
    ['DETAIL:  Key (id)=(3268056366) already exists.', 'detail: key (id)=(<val>) already exists'],
    [
      "IntegrityError: (1062, \"Duplicate entry 'a@b.com' for key 'users.email'\")",
      'integrityerror: (<db:1062>, "duplicate entry <val> for key \'users.email\'")',
    ],
    [
      "Command '['git', 'clone', 'https://a/b.git', '/x']' returned non-zero exit status 128.",
      "command 'git clone <args>' returned non-zero exit status <exit:128>",
    ],
    [
      'OperationalError: (sqlite3.OperationalError) no such table: users\n[SQL: SELECT 1]\n[parameters: (42,)]\n(Background on this error at: https://sqlalche.me/e/20/e3q8)',
      'operationalerror: (sqlite3.operationalerror) no such table: users',
    ],
  ])('%s', (text, signature) => {
    expect(normalizeError(text)).toBe(signature);
  });

  it('headers are left out, the body behind them is not', () => {
    const signature = normalizeError(
      "ApiException: (404)\nHTTP response headers: HTTPHeaderDict({'Audit-Id': 'a0364fa6'})\nHTTP response body: gone",
    );
    expect(signature).toBe(
      'apiexception: (<http:404>) http response headers: <val> http response body: gone',
    );
  });
});

describe('what is never stripped', () => {
  const apart = (...texts: string[]): void => {
    expect(new Set(texts.map(normalizeError)).size).toBe(texts.length);
  };

  it('the class of the exception', () => apart('TypeError: bad', 'ValueError: bad'));
  it('errno', () =>
    apart("OSError: [Errno 2] x: '/a'", "OSError: [Errno 13] x: '/a'", "OSError: [WinError 13] x: '/a'"));
  it('HTTP status in any wording', () => {
    for (const form of [
      'HTTP Error %',
      'status code: %',
      '% Client Error',
      'Error code: % - {}',
      '<Response [%]>',
      '"status": %',
      'HTTP/1.1" %',
    ]) {
      apart(...['401', '403', '404', '429'].map((status) => `ApiError: ${form.replace('%', status)}`));
    }
  });
  it('database and API codes', () => {
    apart('(1045, "x")', '(2003, "x")', '(2013, "x")');
    apart('{"code":-1021}', '{"code":-2015}', '{"code":-1013}');
    apart('403 Forbidden (error code: 50001)', '403 Forbidden (error code: 50013)');
    apart('ORA-12541: x', 'ORA-00942: x');
  });
  it('exit codes and signals', () => {
    apart('exited with code 1', 'exited with code 137', 'exited with code 139', 'exited with code -9');
    apart(
      "exited with 'signal 9 (SIGKILL)'",
      "exited with 'signal 11 (SIGSEGV)'",
      "exited with 'signal 15 (SIGTERM)'",
    );
    apart('code 0xC0000005', 'code 0xC0000409', 'code 0xC000001D');
  });
  it('close codes', () =>
    apart('WebSocket closed with 1000', 'WebSocket closed with 4004', 'WebSocket closed with 4006'));
  it('ports of known services, not others', () => {
    apart('refused: localhost:5432', 'refused: localhost:6379', 'refused: localhost:8080');
    expect(normalizeError('refused: localhost:8001')).toBe(normalizeError('refused: localhost:52311'));
  });
  it('quoted names with their case', () => {
    apart("No module named 'yaml'", "No module named 'Yaml'", "No module named 'cv2'");
    apart("has no attribute 'group'", "has no attribute 'groups'");
    apart("unexpected keyword argument 'proxy'", "unexpected keyword argument 'proxies'");
    apart('unique constraint "users_pkey"', 'unique constraint "time_entries_pkey"');
  });
  it('modules that look like hosts or files', () => {
    expect(normalizeError("No module named 'scipy.io'")).toBe("no module named 'scipy.io'");
    expect(normalizeError("No module named 'app.py'")).toBe("no module named 'app.py'");
  });
  it('libraries with their version', () =>
    apart('libGL.so.1: missing', 'libGL.so.2: missing', 'libcudart.so.11.0: missing'));
  it('codecs and types', () => {
    expect(normalizeError("'utf-8' and iso-8859-1, int64, sha256, cp1252")).toBe(
      "'utf-8' and iso-8859-1, int64, sha256, cp1252",
    );
  });
  it('bare programs', () => apart("No such file or directory: 'ffmpeg'", "No such file or directory: 'git'"));
  it('reasons of TLS, codes of gRPC and AWS', () => {
    apart('[SSL: CERTIFICATE_VERIFY_FAILED] self signed', '[SSL: WRONG_VERSION_NUMBER] self signed');
    apart('status = StatusCode.UNAVAILABLE', 'status = StatusCode.DEADLINE_EXCEEDED');
    apart(
      'An error occurred (AccessDenied) when calling the GetObject operation',
      'An error occurred (AccessDenied) when calling the PutObject operation',
    );
    apart(
      'An error occurred (404) when calling the HeadObject operation',
      'An error occurred (403) when calling the HeadObject operation',
    );
  });
  it('words with a slash', () => {
    expect(normalizeError('read/write error, and/or n/a text/html')).toBe(
      'read/write error, and/or n/a text/html',
    );
  });
});
