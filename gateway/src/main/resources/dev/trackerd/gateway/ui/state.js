// What the page shows, in one place. A view reads it; whoever changes it calls changed().

export const state = {
  /** Who is signed in: {token, label}, or null. */
  session: null,
  /** Where the page is: {view, id}. */
  route: { view: 'list' },
  /** Whether the server has event trackers. */
  hasEvents: false,
};

let draw = () => {};
let drawing = false;

/** Says how to draw the page. Called once, at the start. */
export function drawWith(paint) {
  draw = paint;
}

/** Draws the page again before the next frame, however often this is called until then. */
export function changed() {
  if (!drawing) {
    drawing = true;
    queueMicrotask(() => {
      drawing = false;
      draw();
    });
  }
}

/** Resolves when what was changed is on the page. */
export function drawn() {
  changed();
  return new Promise((done) => queueMicrotask(done));
}
