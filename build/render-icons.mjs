// Draws every picture of the app from the shapes below and `icon.svg`: `node build/render-icons.mjs`. The pictures are
// kept in the repository, so this runs only when a shape changes. Needs the Chromium of the tests.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { chromium } from 'playwright';
import { findBrowser } from '../scripts/lib/browser.mjs';

const here = (name) => new URL(name, import.meta.url);
const appIcon = readFileSync(here('icon.svg'), 'utf8');

// One outline and one mark for each state of the tray; the mark is cut out of the outline, so that a one-colour bar
// (macOS) shows the same shape. A 16 by 16 field.
const tray = {
  well: {
    colour: '#1c9a84',
    outline: '<circle cx="8" cy="8" r="7.2"/>',
    mark: '<path d="M4.400 8.300l2.500 2.500 4.800-5.300"/>',
  },
  watch: {
    colour: '#d48300',
    outline: '<path d="M8 1.100l7.300 13.200H.700z"/>',
    mark: '<path d="M8 5.800v4M8 12v.050"/>',
  },
  trouble: {
    colour: '#dc3049',
    outline: '<path d="M5 .800h6L15.200 5v6L11 15.200H5L.800 11V5z"/>',
    mark: '<path d="M5.200 5.200l5.600 5.600m0-5.600l-5.600 5.600"/>',
  },
  paused: {
    colour: '#858d95',
    outline:
      '<rect x="2.600" y="1.500" width="4" height="13" rx="1.200"/><rect x="9.400" y="1.500" width="4" height="13" rx="1.200"/>',
    mark: '',
  },
};
const trayPicture = ({ outline, mark }, colour) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><mask id="m"><rect width="16" height="16" fill="#000"/><g fill="#fff">${outline}</g><g fill="none" stroke="#000" stroke-width="1.900" stroke-linecap="round" stroke-linejoin="round">${mark}</g></mask><rect width="16" height="16" fill="${colour}" mask="url(#m)"/></svg>`;

const browser = await chromium.launch({ executablePath: await findBrowser(), args: ['--no-sandbox'] });
const page = await browser.newPage();

async function png(svg, size) {
  await page.setViewportSize({ width: size, height: size });
  const address = `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
  await page.setContent(
    `<style>*{margin:0}img{display:block;width:${size}px;height:${size}px}</style><img src="${address}">`,
  );
  await page.waitForFunction(() => document.images[0]?.complete);
  return page.screenshot({ omitBackground: true });
}

/** A Windows icon: a directory of PNGs. */
function ico(pictures) {
  const head = Buffer.alloc(6 + 16 * pictures.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(pictures.length, 4);
  let offset = head.length;
  for (const [index, { size, data }] of pictures.entries()) {
    const at = 6 + 16 * index;
    head.writeUInt8(size % 256, at);
    head.writeUInt8(size % 256, at + 1);
    head.writeUInt16LE(1, at + 4);
    head.writeUInt16LE(32, at + 6);
    head.writeUInt32LE(data.length, at + 8);
    head.writeUInt32LE(offset, at + 12);
    offset += data.length;
  }
  return Buffer.concat([head, ...pictures.map(({ data }) => data)]);
}

/** A macOS icon: named chunks of PNGs. */
function icns(pictures) {
  const names = { 128: 'ic07', 256: 'ic08', 512: 'ic09', 1024: 'ic10' };
  const chunks = pictures.map(({ size, data }) => {
    const head = Buffer.alloc(8);
    head.write(names[size], 'latin1');
    head.writeUInt32BE(data.length + 8, 4);
    return Buffer.concat([head, data]);
  });
  const head = Buffer.alloc(8);
  head.write('icns', 'latin1');
  head.writeUInt32BE(8 + chunks.reduce((sum, chunk) => sum + chunk.length, 0), 4);
  return Buffer.concat([head, ...chunks]);
}

const all = (svg, sizes) =>
  sizes.reduce(
    async (before, size) => [...(await before), { size, data: await png(svg, size) }],
    Promise.resolve([]),
  );

mkdirSync(here('tray'), { recursive: true });
mkdirSync(here('icons'), { recursive: true });
for (const { size, data } of await all(appIcon, [16, 32, 48, 64, 128, 256, 512])) {
  writeFileSync(here(`icons/${size}x${size}.png`), data);
}
writeFileSync(here('icon.png'), await png(appIcon, 512));
writeFileSync(here('icon.ico'), ico(await all(appIcon, [16, 32, 48, 64, 128, 256])));
writeFileSync(here('icon.icns'), icns(await all(appIcon, [128, 256, 512, 1024])));
for (const [state, shape] of Object.entries(tray)) {
  const coloured = trayPicture(shape, shape.colour);
  const template = trayPicture(shape, '#000');
  writeFileSync(here(`tray/${state}.png`), await png(coloured, 24));
  writeFileSync(here(`tray/${state}@2x.png`), await png(coloured, 48));
  writeFileSync(here(`tray/${state}Template.png`), await png(template, 16));
  writeFileSync(here(`tray/${state}Template@2x.png`), await png(template, 32));
  writeFileSync(here(`tray/${state}.ico`), ico(await all(coloured, [16, 24, 32])));
}
await browser.close();
