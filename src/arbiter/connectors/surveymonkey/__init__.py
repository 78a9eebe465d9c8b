"""Exports of SurveyMonkey."""
