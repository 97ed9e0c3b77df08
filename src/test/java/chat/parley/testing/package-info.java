/** What the tests share: the browser, and whatever else more than one test class needs. */
package chat.parley.testing;
