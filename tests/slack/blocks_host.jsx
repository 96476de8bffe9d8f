// Slack's blocks by a public renderer, framed as a message, a modal or the Home tab.
import React from "react";
import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
import { Message } from "slack-blocks-to-jsx";
import "slack-blocks-to-jsx/dist/style.css";

// The one block of ours that the renderer does not know.
const DataTable = ({ block }) => (
  <table>
    <caption>{block.caption}</caption>
    <tbody>
      {block.rows.map((row, at) => (
        <tr key={at}>{row.map((cell, n) => (at ? <td key={n}>{cell.text}</td> : <th key={n}>{cell.text}</th>))}</tr>
      ))}
    </tbody>
  </table>
);

const Block = ({ block }) =>
  block.type === "data_table" ? (
    <DataTable block={block} />
  ) : (
    <Message withoutWrapper theme="light" logo="" name="Nuläge" blocks={[block]} />
  );

const Frame = ({ name, shown }) => (
  <section>
    <h2>{name}</h2>
    <div className="frame">
      {shown.title && <div className="bar">{shown.title.text}</div>}
      {shown.blocks.map((block, at) => (
        <div className="block" data-type={block.type} key={at}>
          <Block block={block} />
        </div>
      ))}
      {shown.close && (
        <div className="foot">
          <span>{shown.close.text}</span>
          {shown.submit && <span className="go">{shown.submit.text}</span>}
        </div>
      )}
    </div>
  </section>
);

// What only markup makes: a link, a mention, an emphasis, code. Ours is bold by style, never by tag.
const ACTIVE = "a, img, strong, em, del, code, [class*=mention], [class*=broadcast], [class*=emoji]";

const read = (held) => {
  const blocks = [...held.querySelectorAll(".block")];
  return {
    text: held.querySelector(".frame").innerText,
    empty: blocks
      .filter((one) => one.dataset.type !== "divider" && !one.innerText.trim() && !one.querySelector("img, svg, input"))
      .map((one) => one.dataset.type),
    active: blocks
      .filter((one) => one.dataset.type === "rich_text")
      .flatMap((one) => [...one.querySelectorAll(ACTIVE)])
      .map((one) => one.outerHTML),
  };
};

// All at once, in the place of those before: to lay out a page takes longer than to draw it.
window.show = (all) => {
  const main = document.querySelector("main");
  main.innerHTML = "";
  const held = main.appendChild(document.createElement("div"));
  flushSync(() => createRoot(held).render(all.map(([name, shown], at) => <Frame key={at} name={name} shown={shown} />)));
  return [...held.querySelectorAll("section")].map(read);
};
