// Gives a value to the person as a JSON file.

/** Starts the download. */
export function offer(value, name) {
  const blob = new Blob([JSON.stringify(value, null, 2), '\n'], { type: 'application/json' });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // The browser takes it after this turn.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
