import { EventEmitter } from 'node:events';
import type * as Electron from 'electron';
import type { BrowserContext, Download, Route } from 'playwright';
import { fromChromium } from './addresses.ts';
import { inner, preventable } from './app.ts';
import { loud } from './loud.ts';

type Schemes = Set<string>;
type PermissionRequest = Parameters<Electron.Session['setPermissionRequestHandler']>[0];
type PermissionCheck = Parameters<Electron.Session['setPermissionCheckHandler']>[0];
export type PermissionName = Parameters<NonNullable<PermissionCheck>>[1];
type BeforeRequest = (
  details: Electron.OnBeforeRequestListenerDetails,
  callback: (response: Electron.CallbackResponse) => void,
) => void;

/** `protocol` of a session, and the module's own, which also registers schemes. */
export class Protocol {
  readonly #schemes: Schemes;
  readonly #handlers: Map<string, (request: Request) => Response | Promise<Response>>;
  #isLate: () => boolean = () => false;

  constructor(schemes: Schemes, isLate: () => boolean) {
    this.#schemes = schemes;
    this.#handlers = new Map();
    this.#isLate = isLate;
  }

  registerSchemesAsPrivileged(customSchemes: Electron.CustomScheme[]): void {
    if (this.#isLate())
      throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    for (const { scheme, privileges } of customSchemes) {
      if (privileges?.bypassCSP === true) throw new Error(`${scheme}: the double refuses bypassCSP`);
      this.#schemes.add(scheme);
    }
  }

  handle(scheme: string, handler: (request: Request) => Response | Promise<Response>): void {
    if (this.#handlers.has(scheme)) throw new Error(`${scheme} is handled already`);
    this.#handlers.set(scheme, handler);
  }

  readonly [inner] = {
    schemes: (): ReadonlySet<string> => this.#schemes,
    handlerOf: (scheme: string) => this.#handlers.get(scheme),
  };
}

class WebRequest {
  #beforeRequest: BeforeRequest | null = null;

  onBeforeRequest(listener: BeforeRequest | null): void {
    this.#beforeRequest = listener;
  }

  readonly [inner] = {
    isCancelled: (details: Electron.OnBeforeRequestListenerDetails): Promise<boolean> =>
      new Promise((resolve) => {
        if (this.#beforeRequest === null) resolve(false);
        else this.#beforeRequest(details, ({ cancel }) => resolve(cancel ?? false));
      }),
  };
}

/** The default session: what may be loaded, what is granted, what is downloaded. */
export class Session extends EventEmitter {
  readonly protocol: Protocol;
  readonly webRequest = loud('webRequest', new WebRequest());
  #request: PermissionRequest = null;
  #check: PermissionCheck = null;

  constructor(protocol: Protocol) {
    super();
    this.protocol = protocol;
  }

  setPermissionRequestHandler(handler: PermissionRequest): void {
    this.#request = handler;
  }
  setPermissionCheckHandler(handler: PermissionCheck): void {
    this.#check = handler;
  }
  /** No page reaches a device here, so there is nothing to ask; that it was set is what counts. */
  setDevicePermissionHandler(_handler: Parameters<Electron.Session['setDevicePermissionHandler']>[0]): void {}
  setSpellCheckerEnabled(_enabled: boolean): void {}

  readonly [inner] = {
    /** Electron grants what no handler denies. */
    request: (contents: Electron.WebContents, permission: PermissionName): Promise<boolean> =>
      new Promise((resolve) => {
        if (this.#request === null) resolve(true);
        else
          this.#request(contents, permission as Parameters<NonNullable<PermissionRequest>>[1], resolve, {
            isMainFrame: true,
            requestingUrl: contents.getURL(),
          } as Electron.PermissionRequest);
      }),
    check: (contents: Electron.WebContents, permission: PermissionName, origin: string): boolean =>
      this.#check?.(contents, permission, `${origin}/`, {
        isMainFrame: true,
        requestingUrl: contents.getURL(),
      } as Electron.PermissionCheckHandlerHandlerDetails) ?? true,
    download: (download: Download): void => {
      const event = preventable();
      this.emit('will-download', event, { getURL: () => fromChromium(download.url()) });
      if (event.defaultPrevented) void download.cancel();
    },
  };
}

/** Serves one request of a page: the app's own filter first, then the scheme's handler; there is no network behind it. */
export async function serve(route: Route, session: Session): Promise<void> {
  const request = route.request();
  const url = fromChromium(request.url());
  const details = { url, method: request.method(), resourceType: request.resourceType() };
  if (await session.webRequest[inner].isCancelled(details as Electron.OnBeforeRequestListenerDetails)) {
    await route.abort('blockedbyclient');
    return;
  }
  const handler = session.protocol[inner].handlerOf(new URL(url).protocol.slice(0, -1));
  if (handler === undefined) {
    await route.abort('internetdisconnected');
    return;
  }
  const body = request.postDataBuffer();
  const response = await handler(
    Object.defineProperty(
      new Request('https://placeholder.invalid', {
        method: request.method(),
        ...(body === null ? {} : { body: new Uint8Array(body) }),
      }),
      'url',
      { value: url },
    ),
  );
  await route.fulfill({
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: Buffer.from(await response.arrayBuffer()),
  });
}

/** Chromium itself says yes to everything, as Electron's does; only the app's handlers say no. */
export async function grantEverything(context: BrowserContext): Promise<void> {
  await context.grantPermissions([
    'clipboard-read',
    'clipboard-write',
    'geolocation',
    'notifications',
    'midi',
    'camera',
    'microphone',
  ]);
  await context.setGeolocation({ latitude: 52, longitude: 13 });
}
