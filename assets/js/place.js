/* Where on the site one is: addresses keep the `site` of the page they stand on. */
import { useCallback, useSyncExternalStore } from "react";
import { useLocation, useSearchParams } from "react-router";

const never = () => () => {};

/* None while React takes over the prerendered page, which was made for no site in particular. */
export const useSite = () => {
  const site = useSearchParams()[0].get("site") ?? "";
  return useSyncExternalStore(never, () => site, () => "");
};

export const useParam = (name) => useSearchParams()[0].get(name) ?? "";

/** The address one is at, without the host. */
export const useHere = () => {
  const { pathname, search } = useLocation();
  return pathname + search;
};

/** A function (path, params) → address of another page of the same site. */
export const useAddress = () => {
  const site = useSite();
  return useCallback(
    (path, params = {}) => {
      const given = Object.entries({ site, ...params }).filter(([, value]) => (value ?? "") !== "");
      const query = new URLSearchParams(given).toString();
      return query ? `${path}?${query}` : path;
    },
    [site],
  );
};
