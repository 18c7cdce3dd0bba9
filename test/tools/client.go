// What a Go tool does with a cluster: lists it from sys, then reads the catalogue and the rows of a tenant.
package main

import (
	"database/sql"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/go-sql-driver/mysql"
)

func main() {
	address := "tcp(127.0.0.1:" + os.Args[1] + ")/"
	cluster := open("root@sys@" + address + "oceanbase")
	for _, query := range strings.Split(os.Getenv("CLUSTER_QUERIES"), ";") {
		fmt.Printf("%d rows: %s\n", count(cluster, query), query)
	}
	tenant := open("root@shop@" + address + "d?parseTime=true")
	write(tenant)
	read(tenant)
}

func open(source string) *sql.DB {
	db, err := sql.Open("mysql", source)
	check(err)
	check(db.Ping())
	return db
}

func count(db *sql.DB, query string) int {
	rows, err := db.Query(query)
	check(err)
	columns, err := rows.Columns()
	check(err)
	number := 0
	for rows.Next() {
		values := make([]any, len(columns))
		for i := range values {
			values[i] = new(sql.RawBytes)
		}
		check(rows.Scan(values...))
		number++
	}
	check(rows.Err())
	return number
}

func write(db *sql.DB) {
	work, err := db.Begin()
	check(err)
	for i := 0; i < 3; i++ {
		result, err := work.Exec("INSERT INTO t (name, amount) VALUES (?, ?)", fmt.Sprintf("go %d", i), 1.5)
		check(err)
		_, err = result.LastInsertId()
		check(err)
	}
	check(work.Commit())
}

func read(db *sql.DB) {
	rows, err := db.Query("SELECT name, amount FROM t WHERE name LIKE ? ORDER BY id", "go%")
	check(err)
	for rows.Next() {
		var name, amount string
		check(rows.Scan(&name, &amount))
		fmt.Println("row", name, amount)
	}
	check(rows.Err())
	var table, ddl string
	check(db.QueryRow("SHOW CREATE TABLE t").Scan(&table, &ddl))
	fmt.Println("ddl", strings.ReplaceAll(ddl, "\n", " "))
	_, err = db.Query("SELECT * FROM nothing")
	var refused *mysql.MySQLError
	if errors.As(err, &refused) {
		fmt.Println("refused", refused.Number)
	}
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
