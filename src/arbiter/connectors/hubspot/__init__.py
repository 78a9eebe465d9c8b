"""HubSpot exports of companies, contacts and deals, their headers in the language of the portal."""
