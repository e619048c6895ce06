// Chromium under Playwright grants everything, as Electron does when an app says nothing. What a page asks for is put
// to the app's handlers first: only they stand between the page and the machine.

/** @param {{ permissions: { request(name: string): Promise<boolean>, check(name: string): Promise<boolean> } }} inner */
export function guardPermissions(inner) {
  const denied = () => new DOMException('Permission denied.', 'NotAllowedError');
  const wrap = (prototype, name, permission) => {
    const original = prototype?.[name];
    if (original === undefined) return;
    prototype[name] = async function (...args) {
      if (!(await inner.permissions.request(permission))) throw denied();
      return original.apply(this, args);
    };
  };
  wrap(globalThis.Clipboard?.prototype, 'readText', 'clipboard-read');
  wrap(globalThis.Clipboard?.prototype, 'read', 'clipboard-read');
  wrap(globalThis.Clipboard?.prototype, 'writeText', 'clipboard-sanitized-write');
  wrap(globalThis.MediaDevices?.prototype, 'getUserMedia', 'media');
  wrap(globalThis.MediaDevices?.prototype, 'getDisplayMedia', 'display-capture');
  wrap(globalThis.Navigator?.prototype, 'requestMIDIAccess', 'midi');

  const { geolocation } = navigator;
  const locate = geolocation?.getCurrentPosition.bind(geolocation);
  if (locate !== undefined)
    Object.getPrototypeOf(geolocation).getCurrentPosition = (found, failed, options) => {
      void inner.permissions
        .request('geolocation')
        .then((granted) =>
          granted ? locate(found, failed, options) : failed?.({ code: 1, message: 'denied' }),
        );
    };
  if (globalThis.Notification !== undefined)
    Notification.requestPermission = async () =>
      (await inner.permissions.request('notifications')) ? 'granted' : 'denied';
  const names = { camera: 'media', microphone: 'media', 'clipboard-write': 'clipboard-sanitized-write' };
  if (globalThis.Permissions !== undefined)
    Permissions.prototype.query = async ({ name }) => ({
      name,
      state: (await inner.permissions.check(names[name] ?? name)) ? 'granted' : 'denied',
      onchange: null,
    });
}
