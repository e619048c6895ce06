/**
 * The XDG autostart file that starts the app with the session (Linux has no login items of its own).
 * `command` is the program's absolute path and its arguments; each is quoted as the desktop entry specification asks,
 * so that no character of a path is read as anything but a character.
 */
export function autostartEntry(command: readonly string[]): string {
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Skillward',
    'Comment=Supervises your Python skills',
    `Exec=${command.map(quoted).join(' ')}`,
    'Terminal=false',
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n');
}

function quoted(word: string): string {
  // Inside quotes four characters need a back-slash; the value as a whole doubles back-slashes; % starts a field code.
  const inQuotes = word.replace(/["`$\\]/g, (character) => `\\${character}`);
  return `"${inQuotes.replaceAll('\\', '\\\\').replaceAll('%', '%%')}"`;
}
