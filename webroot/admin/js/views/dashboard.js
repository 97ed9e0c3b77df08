import { html } from '../../../js/views/preact.js';
export function Dashboard() { return html`<header class="page-head"><h2>Dashboard</h2></header>`; }
