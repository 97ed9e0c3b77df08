/** Numbers, what they are worth, and three ways to show them: table, chart, JSON. */
package chat.parley.bench.report;
