/**
 * Lets Material fetch the index of its search when somebody goes to the search, not with every page.
 *
 * A classic script in the head: Material's own asks for the index as soon as it runs, and offers no other way. The
 * request is made as it was meant, only later; a link with `?q=` opens the search by itself, which counts as going there.
 */

{
  const { open, send } = XMLHttpRequest.prototype;
  /** @type {WeakSet<XMLHttpRequest>} */
  const forIndex = new WeakSet();
  const search = "[data-md-component=search], [for=__search]";

  /** @type {Promise<void>} */
  const wanted = new Promise((resolve) => {
    for (const event of ["focusin", "pointerover", "pointerdown"]) {
      document.addEventListener(event, ({ target }) => {
        if (target instanceof Element && target.closest(search)) resolve();
      });
    }
  });

  XMLHttpRequest.prototype.open = function (/** @type {unknown[]} */ ...request) {
    if (String(request[1]).endsWith("/search/search_index.json")) forIndex.add(this);
    return open.apply(this, /** @type {Parameters<typeof open>} */ (request));
  };

  XMLHttpRequest.prototype.send = function (body) {
    if (!forIndex.has(this)) return send.call(this, body);
    void wanted.then(() => this.readyState === XMLHttpRequest.OPENED && send.call(this, body));
  };
}
