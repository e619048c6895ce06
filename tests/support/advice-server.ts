import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

/** One request as it came in. */
export interface SeenRequest {
  readonly url: string;
  readonly authorization: string | undefined;
  // biome-ignore lint/suspicious/noExplicitAny: looked into by the tests, whatever it is
  readonly body: any;
}

export interface AdviceServer {
  /** What a person sets as base URL. */
  readonly baseUrl: string;
  readonly seen: SeenRequest[];
  /** Connections the other side has closed before the answer ended. */
  dropped(): number;
  close(): Promise<void>;
}

type Behaviour = (response: ServerResponse) => void;

/** A local endpoint that speaks the chat completions API, as well or badly as `behave` says. */
export async function startAdviceServer(behave: Behaviour): Promise<AdviceServer> {
  const seen: SeenRequest[] = [];
  let dropped = 0;
  const server: Server = createServer((request, response) => {
    response.on('close', () => {
      if (!response.writableFinished) dropped += 1;
    });
    void bodyOf(request).then((body) => {
      seen.push({ url: request.url ?? '', authorization: request.headers.authorization, body });
      behave(response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    baseUrl: `http://127.0.0.1:${address.port}/v1`,
    seen,
    dropped: () => dropped,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** One server-sent event of a streamed answer. */
export function piece(delta: object, finish: string | null = null): string {
  const choice = { index: 0, delta, finish_reason: finish };
  const chunk = { id: 'x', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [choice] };
  return `data: ${JSON.stringify(chunk)}\n\n`;
}

export function beginStream(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
}

/** Answers in these pieces, and ends properly. */
export function says(...texts: readonly string[]): Behaviour {
  return (response) => {
    beginStream(response);
    for (const content of texts) response.write(piece({ content }));
    response.end(`${piece({}, 'stop')}data: [DONE]\n\n`);
  };
}

/** Answers with a status and a JSON error, as the API does. */
export function fails(status: number, message: string): Behaviour {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ error: { message, type: 'error' } }));
  };
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk;
  return text === '' ? null : JSON.parse(text);
}
