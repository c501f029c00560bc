// What a reader would trip over on the page as laid out: one line of text for each finding.
() => {
  const problems = [];
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) {
    problems.push(`scrolls sideways: ${root.scrollWidth} > ${root.clientWidth}`);
  }
  document.querySelectorAll("details").forEach((details) => { details.open = true; });
  if (root.scrollWidth > root.clientWidth) problems.push("scrolls sideways with sections open");

  const anchors = new Set([...document.querySelectorAll("[id]")].map((node) => node.id));
  document.querySelectorAll("a[name]").forEach((node) => anchors.add(node.name));
  for (const link of document.querySelectorAll('a[href*="#"]')) {
    const url = new URL(link.href, location.href);
    const here = url.pathname === location.pathname && url.origin === location.origin;
    if (here && !anchors.has(decodeURIComponent(url.hash.slice(1)))) {
      problems.push(`broken anchor: ${link.getAttribute("href")}`);
    }
  }

  const parse = (value) => {
    const [r, g, b, a = 1] = value.match(/[\d.]+/g).map(Number);
    return { r, g, b, a };
  };
  const over = (top, below) => ({
    r: top.r * top.a + below.r * (1 - top.a),
    g: top.g * top.a + below.g * (1 - top.a),
    b: top.b * top.a + below.b * (1 - top.a),
    a: 1,
  });
  // WCAG 2.2, relative luminance and contrast ratio.
  const luminance = ({ r, g, b }) => {
    const [x, y, z] = [r, g, b].map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const canvas = matchMedia("(prefers-color-scheme: dark)").matches
    ? { r: 18, g: 18, b: 18, a: 1 } : { r: 255, g: 255, b: 255, a: 1 };
  const background = (node) => {
    const layers = [];
    for (let at = node; at; at = at.parentElement) layers.push(parse(getComputedStyle(at).backgroundColor));
    return layers.reverse().reduce((below, top) => over(top, below), canvas);
  };

  const boxes = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode;
    const parent = text.parentElement;
    if (!text.data.trim() || parent.closest("script, style, math, option, .visually-hidden, .skip")) continue;
    const style = getComputedStyle(parent);
    if (style.visibility === "hidden" || style.display === "none") continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    const rects = [...range.getClientRects()].filter((rect) => rect.width > 1 && rect.height > 1);
    if (!rects.length) continue;
    const behind = background(parent);
    const ink = over(parse(style.color), behind);
    const [light, dark] = [luminance(ink), luminance(behind)].sort((a, b) => b - a);
    const ratio = (light + 0.05) / (dark + 0.05);
    if (ratio < 4.5) problems.push(`contrast ${ratio.toFixed(2)}: ${text.data.trim().slice(0, 40)}`);
    const fixed = parent.closest(".site-header, .timeline, .margin");
    if (!fixed) rects.forEach((rect) => boxes.push({ rect, text: text.data.trim().slice(0, 40) }));
  }

  // Ink, not line boxes: the middle half of each line's height.
  const cores = boxes.map(({ rect, text }) => ({
    left: rect.left + 1, right: rect.right - 1, text,
    top: rect.top + rect.height / 4, bottom: rect.bottom - rect.height / 4,
  })).sort((a, b) => a.top - b.top);
  cores.forEach((one, place) => {
    for (const other of cores.slice(place + 1)) {
      if (other.top >= one.bottom) break;
      if (other.left < one.right && one.left < other.right) {
        problems.push(`overlap: "${one.text}" and "${other.text}"`);
      }
    }
  });
  return { problems, texts: boxes.length };
}
