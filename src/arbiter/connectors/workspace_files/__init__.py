"""The workspace files: the one public format in which everything comes in and leaves.

A `Source` (a folder, a zip, a single file, or another tool's file that was recognised) is *staged*: read and
checked cell by cell without the database. Then it is *settled*: references are looked up, every row is
compared with what is stored, and, unless this is a dry run, written; all in one transaction.
"""
