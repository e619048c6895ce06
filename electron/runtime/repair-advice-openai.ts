import type OpenAI from 'openai';
import { AdviceError, type AdviceProvider } from './repair-advice-provider.ts';

/** How much of a server's own words about an error is repeated, in characters. */
const MAX_QUOTED = 200;

/** Any endpoint that speaks the chat completions of OpenAI: Ollama, LM Studio, llama.cpp, OpenAI itself. */
export const openAiProvider: AdviceProvider = {
  async *ask({ baseUrl, model, key, messages }, signal) {
    // Loaded when first needed: most people never turn this on.
    const sdk = await import('openai');
    const client = new sdk.OpenAI({
      baseURL: baseUrl,
      // The SDK insists on a key; local servers ignore it. Nothing of the environment is picked up.
      apiKey: key ?? 'none',
      organization: null,
      project: null,
      maxRetries: 0,
      logLevel: 'off',
      // What a person agreed to send to one place is not passed on to another.
      fetchOptions: { redirect: 'error' },
    });
    let said = '';
    try {
      const stream = await client.chat.completions.create(
        { model, messages: messages.map(({ role, content }) => ({ role, content })), stream: true },
        { signal },
      );
      for await (const chunk of stream) {
        const piece = readChunk(chunk);
        said += piece;
        if (piece !== '') yield piece;
      }
    } catch (error) {
      if (signal.aborted) return;
      throw error instanceof AdviceError ? error : adviceError(sdk, error);
    }
    if (said.trim() === '' && !signal.aborted)
      throw new AdviceError(
        'garbage',
        'The endpoint answered, but with nothing an advice could be read from.',
      );
  },
};

/** The text of one piece. What a server sends is not taken at its word about its shape. */
function readChunk(chunk: OpenAI.ChatCompletionChunk): string {
  const choice: unknown = Array.isArray(chunk?.choices) ? chunk.choices[0] : undefined;
  if (typeof choice !== 'object' || choice === null) return '';
  const { delta, finish_reason: finish } = choice as { delta?: unknown; finish_reason?: unknown };
  const { content, refusal } = (delta ?? {}) as { content?: unknown; refusal?: unknown };
  if (typeof refusal === 'string' && refusal !== '')
    throw new AdviceError('refused', `The model declined: ${quoted(refusal)}`);
  if (finish === 'content_filter')
    throw new AdviceError('refused', 'The endpoint’s content filter held the answer back.');
  return typeof content === 'string' ? content : '';
}

function adviceError(sdk: typeof import('openai'), error: unknown): AdviceError {
  if (error instanceof sdk.APIConnectionTimeoutError)
    return new AdviceError('slow', 'The endpoint did not answer in time.');
  if (error instanceof sdk.APIConnectionError) {
    return new AdviceError(
      'unreachable',
      `Nothing usable answers at this address${causeOf(error)}. Is the server running, and the base URL right?`,
    );
  }
  if (error instanceof sdk.APIError) return statusError(error.status, error.message);
  return new AdviceError('garbage', 'The answer is not what an OpenAI-compatible endpoint sends.');
}

function statusError(status: number | undefined, message: string): AdviceError {
  const says = `the endpoint says “${quoted(message)}”`;
  if (status === 401 || status === 403) {
    return new AdviceError(
      'unauthorized',
      `The endpoint refused the key (${status}). Set SKILLWARD_ADVICE_KEY, or the key in the settings of the desktop app.`,
    );
  }
  if (status === 404)
    return new AdviceError('not_found', `No such model or address (404): ${says}. Check model and base URL.`);
  if (status === 429)
    return new AdviceError(
      'rate_limited',
      `Too many requests, or the quota is used up (429). Try again later.`,
    );
  if (status !== undefined && status >= 500)
    return new AdviceError('server_error', `The endpoint has trouble of its own (${status}): ${says}.`);
  return new AdviceError('refused', `The endpoint refused the request: ${says}.`);
}

function causeOf(error: Error): string {
  const { cause } = error;
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  if (!(inner instanceof Error)) return '';
  return 'code' in inner && typeof inner.code === 'string'
    ? ` (${inner.code})`
    : ` (${quoted(inner.message)})`;
}

/** One line of foreign text, cut, without control characters. */
function quoted(text: string): string {
  const line = text.replace(/\p{Cc}+/gu, ' ').trim();
  return line.length <= MAX_QUOTED ? line : `${line.slice(0, MAX_QUOTED - 1)}…`;
}
