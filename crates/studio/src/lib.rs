//! Runs jobs and remembers finished work.
