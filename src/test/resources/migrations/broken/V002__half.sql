CREATE TABLE half (id int);
INSERT INTO nowhere VALUES (1);
